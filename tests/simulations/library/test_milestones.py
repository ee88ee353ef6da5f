"""D-04: the way and the buyer of each shape, the gates of procedure, and money that has not come yet."""

import pytest

from simulations import library
from simulations.engine.frontier import prospects
from simulations.engine.scoring import score
from simulations.engine.truths import right, truth
from tests.simulations.engine.cases import Sitting

pytestmark = pytest.mark.unit

CASE = "d-04-milestones"
WRITTEN = {"way": "license", "buyer": "pharma"}
SHELF = {"way": "transfer", "buyer": "biotech"}
SHAPES = [("", WRITTEN), ("shelf", SHELF)]
LINES = {"schedule": ["m_event"], "contract": ["k_kind", "k_parties"]}


def _at_the_desk(flavour: str = "", number: int = 1) -> Sitting:
    return Sitting(library.scenario(CASE).varied(flavour, number, "easy"))


def _at_the_table(flavour: str = "", wanted: dict[str, str] = WRITTEN) -> Sitting:
    here = _at_the_desk(flavour)
    rows = dict.fromkeys(here.sc.assessments["dd"].rows, "fix")
    here.do(type="assess", assessment="dd", rows=rows)
    here.do(type="advance")
    for name, value in wanted.items():
        here.do(type="assess", assessment=name, value=value)
    here.do(type="act", action="price_route", option="agree")
    here.do(type="advance")
    here.do(type="advance")
    return here


def _struck(flavour: str = "", wanted: dict[str, str] = WRITTEN) -> Sitting:
    here = _at_the_table(flavour, wanted)
    best = prospects(here.sc).nash.terms
    for n in range(here.sc.talks.rounds):
        here.do(type="propose", packages=[{**best, "entry": best["entry"] - 10 * n}])
        if here.st.deal is not None:
            here.do(type="advance")
            for draft, clauses in LINES.items():
                here.do(type="draft", draft=draft, clauses=clauses)
            return here
    raise AssertionError("nobody signed")


def _gates(here: Sitting) -> set[str]:
    return {gate.rule for gate in score(here.sc, here.st).gates if gate.hard}


@pytest.mark.parametrize(("flavour", "wanted"), SHAPES)
def test_each_shape_has_its_own_way_and_buyer(flavour, wanted):
    sc = _at_the_desk(flavour).sc
    for name, answer in wanted.items():
        assert [key for key, each in sc.assessments[name].answers.items() if each.credit == 1] == [answer]
    assert prospects(sc).partner == wanted["buyer"]


def test_at_ones_own_table_the_buyer_alone_answers():
    here = _struck()
    answering = {moment.data["party"] for moment in here.st.journal if moment.type == "offer-answered.1"}
    assert answering == {"pharma"}


SIGNED_OVER = [
    ([], {"R02", "R08"}),
    ([("consents", "all")], {"R02"}),
    ([("consents", "all"), ("notice", "short")], {"R02"}),
    ([("consents", "some"), ("notice", "full")], {"R08"}),
    ([("consents", "all"), ("notice", "full")], set()),
    ([("consents", "all"), ("notice", "short"), ("notice_again", None)], set()),
    ([("consents", "some"), ("consents_more", None), ("notice", "full")], set()),
]


@pytest.mark.parametrize(("steps", "gates"), SIGNED_OVER)
def test_who_signs_over_a_gap_meets_the_gate_and_who_mends_it_does_not(steps, gates):
    here = _struck()
    for action, option in steps:
        here.do(type="act", action=action, **({"option": option} if option else {}))
    here.do(type="act", action="sign", option="seal")
    assert _gates(here) == gates


def test_a_laboratory_cannot_sign_away_what_others_own_too():
    here = _struck()
    here.do(type="act", action="consents", option="all")
    here.do(type="act", action="notice", option="full")
    here.do(type="act", action="sign", option="lab")
    assert _gates(here) == {"R08"}


@pytest.mark.parametrize("clause", ["k_challenge", "k_grantback"])
def test_a_term_that_monopolises_technology_is_a_gate_once_the_paper_leaves_the_desk(clause):
    here = _struck()
    here.do(type="draft", draft="contract", clauses=[*LINES["contract"], clause])
    assert _gates(here) == set()
    here.do(type="advance")
    assert _gates(here) == {"R07"}


def test_a_milestone_that_nobody_can_prove_costs_days():
    here = _struck()
    here.do(type="draft", draft="schedule", clauses=["m_smooth"])
    here.do(type="advance")
    assert here.st.traps.keys() == {"t_vague"}
    assert _gates(here) == set()


def test_the_big_total_is_worth_a_third_of_its_name():
    sc = _at_the_desk().sc
    total = sum(sc.numbers[name] for name in ("o_entry", "o_m1", "o_m2", "o_m3"))
    worked = truth(sc, "table_value")["quantiles"]
    assert total > 4900
    assert worked[100] < total / 3


def test_no_form_of_payment_is_the_best_in_every_variant():
    best = {right(_at_the_desk(number=number).sc, "kit_form") for number in range(1, 25)}
    assert best == {"lump", "royalty", "milestones", "use_first"}


def test_the_reward_follows_the_province_and_not_the_memory_of_the_nation():
    sc = _at_the_desk().sc
    told = sc.numbers
    floor = (told["income"] - told["spent"]) * 0.7 * 0.7
    assert truth(sc, "split")["value"] == pytest.approx(floor)
    assert sc.facts["f_reward_said"].claims == {"pool": "pool_said", "main": "main_said"}
