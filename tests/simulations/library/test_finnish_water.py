"""D-10: the first user in each shape, what the process has proved, and the formalities of bringing it in."""

import pytest

from simulations import library
from simulations.engine.frontier import prospects
from simulations.engine.scoring import score
from simulations.engine.truths import truth
from tests.simulations.engine.cases import Sitting

pytestmark = pytest.mark.unit

CASE = "d-10-finnish-water"
COKE = {"need": "date", "match": "coke", "way": "register"}
CHEM = {"need": "quota", "match": "chem", "way": "register"}
SHAPES = [("", COKE), ("short_of_water", CHEM)]
READY = {"": 5, "short_of_water": 7}
RISKS = {"": {"prior", "fto", "sludge"}, "short_of_water": {"title"}}


def _at_the_desk(flavour: str = "") -> Sitting:
    return Sitting(library.scenario(CASE).varied(flavour, 1, "easy"))


def _at_the_sample(flavour: str = "") -> Sitting:
    here = _at_the_desk(flavour)
    here.do(type="assess", assessment="need", value=dict(SHAPES)[flavour]["need"])
    here.do(type="advance")
    return here


def _struck(flavour: str = "", **changed: float | str) -> Sitting:
    here = _at_the_sample(flavour)
    here.do(type="assess", assessment="trl", value=READY[flavour])
    here.do(type="advance")
    here.do(type="assess", assessment="match", value=dict(SHAPES)[flavour]["match"])
    here.do(type="advance")
    if "rival" in here.st.cards:
        here.do(type="act", action="answer_rival", option="plain")
    best = {**prospects(here.sc).nash.terms, **changed}
    for n in range(here.sc.talks.rounds):
        here.do(type="propose", packages=[{**best, "pilot": best["pilot"] + n / 10}])
        if here.st.deal is not None:
            here.do(type="advance")
            return here
    raise AssertionError("nobody signed")


@pytest.mark.parametrize(("flavour", "right"), SHAPES)
def test_each_shape_has_another_first_user(flavour, right):
    assessments = _at_the_desk(flavour).sc.assessments
    for name, answer in right.items():
        assert [key for key, each in assessments[name].answers.items() if each.credit == 1] == [answer]
    assert prospects(_at_the_desk(flavour).sc).partner == right["match"]


@pytest.mark.parametrize("flavour", ["", "short_of_water"])
def test_readiness_and_diligence_follow_the_papers(flavour):
    sc = _at_the_desk(flavour).sc
    assert truth(sc, "trl")["value"] == READY[flavour]
    assert {row for row, answer in truth(sc, "dd")["rows"].items() if answer == "risk"} == RISKS[flavour]


@pytest.mark.parametrize("flavour", ["", "short_of_water"])
def test_the_saving_is_below_what_the_brochure_would_give(flavour):
    sc = _at_the_desk(flavour).sc
    told = sc.numbers
    boasted = told["flow"] * 350 * told["claim_recovery"] / 100 * (told["cost_now"] - told["claim_new"]) / 10_000
    assert 0 < truth(sc, "annual")["value"] < boasted


@pytest.mark.parametrize("flavour", ["", "short_of_water"])
def test_the_option_is_valued_as_a_range(flavour):
    worked = truth(_at_the_desk(flavour).sc, "value")["quantiles"]
    assert len(worked) == 101
    assert 0 < worked[10] < worked[50] < worked[90] < 6000


@pytest.mark.parametrize(("nda", "trapped"), [("written", False), ("oral", True)])
def test_the_record_goes_round_after_a_written_promise(nda, trapped):
    here = _at_the_sample()
    here.do(type="act", action="sign_nda", option=nda)
    here.do(type="act", action="get_pilot")
    assert ("t_secret" in here.st.traps) is trapped


def test_a_bucket_tells_a_handsome_figure_and_no_true_one():
    here = _at_the_sample()
    here.do(type="act", action="sample_test", option="grab")
    assert "f_grab" in here.st.facts
    assert "f_test" not in here.st.facts
    assert here.sc.numbers["grab_recovery"] > here.sc.numbers["recovery"]


@pytest.mark.parametrize(("registers", "gates"), [(True, set()), (False, {("R14", 59)})])
def test_an_import_is_registered_before_anybody_begins(registers, gates):
    here = _struck()
    if registers:
        here.do(type="act", action="import_registration")
    here.do(type="advance")
    assert {(gate.rule, gate.cap) for gate in score(here.sc, here.st).gates} == gates


@pytest.mark.parametrize("clause", ["k_tie", "k_grant", "k_challenge", "k_ownrd"])
def test_a_term_that_monopolises_technology_caps_the_whole(clause):
    here = _struck()
    here.do(type="act", action="import_registration")
    here.do(type="draft", draft="contract", clauses=["k_scope", "k_price", clause])
    here.do(type="advance")
    assert [(gate.rule, gate.cap) for gate in score(here.sc, here.st).gates] == [("R07", 59)]


@pytest.mark.parametrize("flavour", ["", "short_of_water"])
def test_terms_within_the_users_limit_wait_for_nobody(flavour):
    assert "effect:group" not in _struck(flavour).st.seen


def test_terms_above_the_users_limit_wait_for_its_board():
    within, above = _struck("short_of_water", supply=3), _struck("short_of_water", supply=3.1)
    assert "effect:group" not in within.st.seen
    assert "effect:group" in above.st.seen


def test_every_sentence_stands_in_both_languages():
    sc = library.scenario(CASE)
    assert sc.languages == ("zh", "en")
    assert all(fact.text.en for flavour in ("", "short_of_water") for fact in sc.flavoured(flavour).facts.values())
