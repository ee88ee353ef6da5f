"""D-12: which question comes first in each shape, where the pilot goes, and money that counts once."""

import pytest

from simulations import library
from simulations.engine.frontier import prospects
from simulations.engine.refusing import Refused
from simulations.engine.scoring import score
from simulations.engine.truths import truth
from tests.simulations.engine.cases import Sitting

pytestmark = pytest.mark.unit

CASE = "d-12-proof-or-pilot"
WRITTEN = {"first": "poc", "base": "industry"}
PROVEN = {"first": "pilot", "base": "public"}
SHAPES = [("", WRITTEN), ("proven", PROVEN)]


def _at_the_desk(flavour: str = "") -> Sitting:
    return Sitting(library.scenario(CASE).varied(flavour, 1, "easy"))


def _at_the_table(flavour: str, wanted: dict[str, str]) -> Sitting:
    here = _at_the_desk(flavour)
    here.do(type="assess", assessment="trl", value=4, evidence=[])
    here.do(type="advance")
    here.do(type="assess", assessment="first", value=wanted["first"])
    here.do(type="advance")
    here.do(type="draft", draft="plan", clauses=["p_stop"])
    here.do(type="advance")
    here.do(type="assess", assessment="base", value=wanted["base"])
    here.do(type="advance")
    return here


def _struck(flavour: str = "", wanted: dict[str, str] = WRITTEN) -> Sitting:
    here = _at_the_table(flavour, wanted)
    best = prospects(here.sc).nash.terms
    for n in range(here.sc.talks.rounds):
        here.do(type="propose", packages=[{**best, "fee": best["fee"] + n / 4}])
        if here.st.deal is not None:
            here.do(type="advance")
            return here
    raise AssertionError("nobody signed")


@pytest.mark.parametrize(("flavour", "wanted"), SHAPES)
def test_each_shape_has_its_own_first_step_and_place(flavour, wanted):
    assessments = _at_the_desk(flavour).sc.assessments
    for name, answer in wanted.items():
        assert [key for key, each in assessments[name].answers.items() if each.credit == 1] == [answer]


@pytest.mark.parametrize(("flavour", "wanted"), SHAPES)
def test_the_right_place_is_the_better_partner(flavour, wanted):
    sc = _at_the_desk(flavour).sc
    assert prospects(sc).partner == wanted["base"]


def test_who_stays_in_the_laboratory_finds_nobody_at_the_table():
    here = _at_the_table("", {**WRITTEN, "base": "none"})
    with pytest.raises(Refused) as fault:
        here.do(type="propose", packages=[prospects(here.sc).nash.terms])
    assert fault.value.code == "no-partner"


def test_each_subsidy_is_taken_once_and_up_to_its_ceiling():
    sc = _at_the_desk().sc
    told = sc.numbers
    subsidies = told["poc_cost"] * 0.3 + min(told["pilot_cost"] * 0.3, told["cap_pilot"])
    assert told["pilot_cost"] * 0.3 > told["cap_pilot"]
    assert truth(sc, "own_cash")["value"] == pytest.approx(told["poc_cost"] + told["pilot_cost"] - subsidies)


def test_a_bill_declared_twice_is_a_gate():
    here = _struck()
    here.do(type="act", action="declare", option="twice")
    gates = {(gate.rule, gate.cap) for gate in score(here.sc, here.st).gates}
    assert gates == {("D12-subsidy-once", 59)}


@pytest.mark.parametrize(("first", "trapped"), [("nda", False), ("send_recipe", True)])
def test_the_recipe_leaves_the_house_after_the_promise_of_secrecy(first, trapped):
    here = _at_the_table("", WRITTEN)
    here.do(type="act", action=first)
    here.do(type="act", action="send_recipe" if first == "nda" else "nda")
    assert ("t_secret" in here.st.traps) is trapped


@pytest.mark.parametrize(("flavour", "wanted"), SHAPES)
def test_the_result_comes_and_the_line_that_was_written_decides(flavour, wanted):
    here = _struck(flavour, wanted)
    bad = "flag:proof_bad" in here.st.seen
    assert bad is not ("flag:proof_good" in here.st.seen)
    action, option = ("fail_stop", "joint") if bad else ("pass_go", "gate")
    here.do(type="act", action=action, option=option)
    assert "flag:handled" in here.st.seen


def test_in_the_proven_shape_the_platform_asks_for_the_recipe():
    here = _struck("proven", PROVEN)
    assert "flag:open_asked" in here.st.seen
    here.do(type="act", action="answer_open", option="publish")
    assert "t_open" in here.st.traps


def test_the_unit_cost_rests_on_the_yield_that_was_tried():
    sc = _at_the_desk().sc
    told = sc.numbers
    assert sc.facts["f_claim"].claims == {"yield_p": "said_yield"}
    assert sc.facts["f_yield"].data == ("yield_p",)
    assert told["said_yield"] >= told["yield_p"] + 13
