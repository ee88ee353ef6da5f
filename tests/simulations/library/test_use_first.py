"""D-06: which patent and which payment each shape asks for, and what a licence may not leave out."""

import pytest

from simulations import library
from simulations.engine.frontier import prospects
from simulations.engine.scoring import score
from simulations.engine.truths import credit, truth
from tests.simulations.engine.cases import Sitting

pytestmark = pytest.mark.unit

CASE = "d-06-use-first"
WRITTEN = {"asset": "texture", "payform": "zero_royalty", "security": "letter"}
GRIT = {"asset": "ring", "payform": "deferred", "security": "pledge"}
SHAPES = [("", WRITTEN), ("grit", GRIT)]


def _at_the_desk(flavour: str = "") -> Sitting:
    return Sitting(library.scenario(CASE).varied(flavour, 1, "easy"))


def _at_the_table(flavour: str, wanted: dict[str, str]) -> Sitting:
    here = _at_the_desk(flavour)
    here.do(type="assess", assessment="asset", value=wanted["asset"])
    here.do(type="advance")
    here.do(type="draft", draft="plan", clauses=["p_metric"])
    here.do(type="advance")
    here.do(type="assess", assessment="payform", value=wanted["payform"])
    here.do(type="advance")
    return here


def _struck(flavour: str = "", wanted: dict[str, str] = WRITTEN) -> Sitting:
    here = _at_the_table(flavour, wanted)
    best = prospects(here.sc).nash.terms
    for n in range(here.sc.talks.rounds):
        here.do(type="propose", packages=[{**best, "buyout": best["buyout"] + n / 4}])
        if here.st.deal is not None:
            here.do(type="advance")
            return here
    raise AssertionError("nobody signed")


def _gates(here: Sitting) -> dict[str, int]:
    return {gate.rule: gate.cap for gate in score(here.sc, here.st).gates}


@pytest.mark.parametrize(("flavour", "wanted"), SHAPES)
def test_each_shape_has_its_own_patent_payment_and_security(flavour, wanted):
    assessments = _at_the_desk(flavour).sc.assessments
    for name, answer in wanted.items():
        assert [key for key, each in assessments[name].answers.items() if each.credit == 1] == [answer]


@pytest.mark.parametrize(("flavour", "wanted"), SHAPES)
def test_only_the_patent_that_the_school_can_license_alone_goes_on(flavour, wanted):
    here = _at_the_table(flavour, wanted)
    assert not here.st.traps
    other = _at_the_table(flavour, {**wanted, "asset": "ring" if wanted["asset"] == "texture" else "texture"})
    assert set(other.st.traps) == {"t_title"}


def test_the_workbench_says_what_use_first_is_worth():
    sc = _at_the_desk().sc
    told = sc.numbers
    step, success = 1 / (1 + told["rate"] / 100), told["success"] / 100
    worth = sum(
        step**year * told["sales"] * (1 + told["growth"] / 100) ** (year - 1)
        for year in range(int(told["free"]) + 1, int(told["years"]) + 1)
    )
    pays = success * told["later"] / 100 * worth
    assert truth(sc, "saving")["value"] == pytest.approx(told["lump"] - pays)
    low, high = truth(sc, "income")["quantiles"][10], truth(sc, "income")["quantiles"][90]
    assert low < pays < high
    assert credit(sc, "income", {"low": low, "high": high}) == 1


def test_the_dinner_table_speaks_too_well_of_sales_and_odds():
    told = _at_the_desk().sc.numbers
    assert told["said_sales"] > 1.5 * told["sales"]
    assert told["said_success"] >= told["success"] + 25


def test_a_licence_without_a_full_notice_is_a_gate():
    here = _struck()
    here.do(type="draft", draft="licence", clauses=["k_exit"])
    here.do(type="advance")
    assert _gates(here) == {"R02": 59}


def test_a_short_notice_is_no_notice():
    here = _struck()
    here.do(type="act", action="notice_short")
    assert _gates(here) == {"R02": 59}


@pytest.mark.parametrize("clause", ["k_challenge", "k_grant", "k_tie"])
def test_a_void_clause_in_the_licence_is_a_gate(clause):
    here = _struck()
    here.do(type="act", action="notice_full")
    here.do(type="draft", draft="licence", clauses=["k_exit", clause])
    here.do(type="advance")
    assert _gates(here) == {"R07": 59}


def test_a_licence_that_names_no_way_out_costs_days():
    here = _struck()
    here.do(type="act", action="notice_full")
    before = here.st.days_left
    here.do(type="draft", draft="licence", clauses=["k_kind"])
    here.do(type="advance")
    assert "t_noexit" in here.st.traps
    assert here.st.days_left == before - 2


def test_the_sample_passes_or_falls_short_and_the_answer_counts():
    here = _struck()
    here.do(type="act", action="notice_full")
    here.do(type="draft", draft="licence", clauses=["k_exit"])
    here.do(type="advance")
    short = "flag:short" in here.st.seen
    assert short is not ("flag:passed" in here.st.seen)
    action, option = ("after_short", "joint") if short else ("after_pass", "pay")
    here.do(type="act", action=action, option=option)
    assert "flag:handled" in here.st.seen


def test_in_the_other_shape_a_hidden_relation_is_found_out():
    here = _struck("grit", GRIT)
    assert "flag:objection" in here.st.seen
    here.do(type="act", action="answer_objection", option="hide")
    assert "R03" in _gates(here)
