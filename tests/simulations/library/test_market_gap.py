"""D-03: what the firm lacks in each shape, the contract that fits it, and who may sign it."""

import pytest

from simulations import library
from simulations.engine.frontier import prospects
from simulations.engine.scoring import score
from simulations.engine.truths import truth
from tests.simulations.engine.cases import Sitting

pytestmark = pytest.mark.unit

CASE = "d-03-market-gap"
WRITTEN = {"nature": "develop", "type": "dev", "partner": "stats"}
ADVICE = {"nature": "advice", "type": "consulting", "partner": "ops"}
SHAPES = [("", WRITTEN), ("advice", ADVICE)]


def _at_the_desk(flavour: str = "") -> Sitting:
    return Sitting(library.scenario(CASE).varied(flavour, 1, "easy"))


def _at_the_table(flavour: str = "", wanted: dict[str, str] = WRITTEN) -> Sitting:
    here = _at_the_desk(flavour)
    here.do(type="advance")
    here.do(type="assess", assessment="nature", value=wanted["nature"])
    here.do(type="assess", assessment="type", value=wanted["type"])
    here.do(type="draft", draft="sheet", clauses=["k_metric"])
    here.do(type="advance")
    here.do(type="assess", assessment="partner", value=wanted["partner"])
    here.do(type="advance")
    return here


def _struck(flavour: str = "", wanted: dict[str, str] = WRITTEN, **changed: str) -> Sitting:
    here = _at_the_table(flavour, wanted)
    best = {**prospects(here.sc).nash.terms, **changed}
    for n in range(here.sc.talks.rounds):
        here.do(type="propose", packages=[{**best, "fee": best["fee"] + n / 4}])
        if here.st.deal is not None:
            return here
    raise AssertionError("nobody signed")


@pytest.mark.parametrize(("flavour", "wanted"), SHAPES)
def test_each_shape_lacks_something_else(flavour, wanted):
    assessments = _at_the_desk(flavour).sc.assessments
    for name, answer in wanted.items():
        assert [key for key, each in assessments[name].answers.items() if each.credit == 1] == [answer]


@pytest.mark.parametrize(("flavour", "wanted"), SHAPES)
def test_the_group_that_fits_is_the_better_partner(flavour, wanted):
    assert prospects(_at_the_desk(flavour).sc).partner == wanted["partner"]


@pytest.mark.parametrize(("flavour", "wanted"), SHAPES)
def test_the_registrar_asks_whether_name_and_content_agree(flavour, wanted):
    agreed = _struck(flavour, wanted, work=wanted["type"])
    assert "flag:type_ok" in agreed.st.seen
    misnamed = _struck(flavour, wanted, work="service")
    assert "t_type" in misnamed.st.traps
    assert "flag:type_ok" not in misnamed.st.seen


@pytest.mark.parametrize(("option", "trapped"), [("school", None), ("group", "t_signer"), ("oral", "t_oral")])
def test_a_group_cannot_sign_for_its_university(option, trapped):
    here = _struck()
    here.do(type="draft", draft="contract", clauses=["k_subject", "k_parties"])
    here.do(type="act", action="authorise", option=option)
    assert set(here.st.traps) == ({trapped} if trapped else set())
    assert ("flag:signed" in here.st.seen) is (trapped is None)


@pytest.mark.parametrize(("option", "trapped"), [("written", False), ("oral", True)])
def test_the_firms_data_leave_the_house_after_a_written_promise(option, trapped):
    here = _at_the_desk()
    here.do(type="act", action="ask_it")
    here.do(type="advance")
    here.do(type="act", action="sign_nda", option=option)
    here.do(type="act", action="trial")
    assert ("t_data" in here.st.traps) is trapped


def test_a_fee_behind_the_clients_back_is_the_only_gate_but_for_tales():
    here = _at_the_table()
    here.do(type="act", action="side_fee", option="quiet")
    assert {(gate.rule, gate.cap) for gate in score(here.sc, here.st).gates} == {("R16", 59)}
    gating = {name for name, trap in here.sc.traps.items() if trap.cap is not None}
    assert gating == {"t_fee", "t_floor"}


@pytest.mark.parametrize("flavour", ["", "advice"])
def test_the_saving_rests_on_the_ledger_and_not_on_the_head_of_the_firm(flavour):
    sc = _at_the_desk(flavour).sc
    told = sc.numbers
    likely = told["loss"] * told["share"] * told["hit"] * told["act"] / 1e6 - told["run"]
    worked = truth(sc, "saving")["quantiles"]
    assert worked[0] < likely < worked[100]
    assert sc.facts["f_boss_loss"].claims == {"loss": "loss_said"}
    assert told["loss_said"] >= told["loss"] + 100


def test_what_is_wanted_of_time_and_presence_is_swapped_in_the_second_shape():
    written, advice = _at_the_desk().sc, _at_the_desk("advice").sc
    for issue in ("period", "onsite"):
        assert written.parties["firm"].towards[issue] != advice.parties["firm"].towards[issue]
