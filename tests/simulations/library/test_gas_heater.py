"""D-01: which route meets the cause in each shape, what proves it, and what the two sides want."""

import pytest

from simulations import library
from simulations.engine.frontier import prospects
from simulations.engine.scoring import score
from simulations.engine.truths import truth
from tests.simulations.engine.cases import Sitting

pytestmark = pytest.mark.unit

CASE = "d-01-gas-heater"
FLUES = {"problem": "source", "recommend": "combustion"}
ROOMS = {"problem": "cut", "recommend": "sensor"}
SHAPES = [("", FLUES), ("closed_rooms", ROOMS)]
LEVELS = {"": (6, 4, 5), "closed_rooms": (5, 3, 6)}


def _at_the_desk(flavour: str = "") -> Sitting:
    return Sitting(library.scenario(CASE).varied(flavour, 1, "easy"))


def _at_evidence(flavour: str = "") -> Sitting:
    here = _at_the_desk(flavour)
    here.do(type="advance")
    here.do(type="assess", assessment="problem", value=dict(SHAPES)[flavour]["problem"])
    here.do(type="draft", draft="sheet", clauses=["k_failure", "k_cert"])
    here.do(type="act", action="release", option="targeted")
    here.do(type="advance")
    return here


def _struck(flavour: str = "", **changed: float) -> Sitting:
    here = _at_evidence(flavour)
    here.do(type="advance")
    if "press" in here.st.cards:
        here.do(type="act", action="answer_press", option="plain")
    here.do(type="assess", assessment="recommend", value=dict(SHAPES)[flavour]["recommend"])
    here.do(type="advance")
    best = {**prospects(here.sc).nash.terms, **changed}
    for n in range(here.sc.talks.rounds):
        here.do(type="propose", packages=[{**best, "fee": best["fee"] - n / 10}])
        if here.st.deal is not None:
            return here
    raise AssertionError("nobody signed")


@pytest.mark.parametrize(("flavour", "right"), SHAPES)
def test_each_shape_has_another_cause_and_another_route(flavour, right):
    assessments = _at_the_desk(flavour).sc.assessments
    for name, answer in right.items():
        assert [key for key, each in assessments[name].answers.items() if each.credit == 1] == [answer]


@pytest.mark.parametrize(("flavour", "right"), SHAPES)
def test_the_route_that_meets_the_cause_is_the_better_partner(flavour, right):
    assert prospects(_at_the_desk(flavour).sc).partner == right["recommend"]


@pytest.mark.parametrize("flavour", ["", "closed_rooms"])
def test_readiness_is_what_the_evidence_shows_and_not_what_is_claimed(flavour):
    sc = _at_the_desk(flavour).sc
    found = tuple(truth(sc, f"trl_{route}")["value"] for route in ("sensor", "catalyst", "combustion"))
    assert found == LEVELS[flavour]
    assert all(level < claimed for level, claimed in zip(found, (8, 6, 7), strict=True))


def test_the_readier_route_is_not_the_right_one_where_rooms_are_shut():
    sc = _at_the_desk("closed_rooms").sc
    assert truth(sc, "trl_combustion")["value"] > truth(sc, "trl_sensor")["value"]
    assert truth(sc, "residual_alarm")["value"] < truth(sc, "residual_control")["value"]


@pytest.mark.parametrize(("nda", "trapped"), [("written", False), ("oral", True)])
def test_data_go_to_the_client_after_a_written_promise(nda, trapped):
    here = _at_evidence()
    here.do(type="act", action="sign_nda", option=nda)
    here.do(type="act", action="ask_combustion_data")
    assert ("t_secret" in here.st.traps) is trapped


@pytest.mark.parametrize("flavour", ["", "closed_rooms"])
def test_a_second_fee_in_secret_caps_the_whole(flavour):
    here = _at_evidence(flavour)
    here.do(type="act", action="side_fee", option="quiet")
    assert [(gate.trap, gate.rule, gate.cap) for gate in score(here.sc, here.st).gates] == [("t_fee", "R16", 59)]


def test_a_large_fee_waits_for_the_purchasing_board():
    modest, large = _struck(fee=22), _struck(fee=30)
    assert "effect:board_fee" not in modest.st.seen
    assert "effect:board_fee" in large.st.seen


def test_what_both_sides_care_for_is_swapped_in_the_second_shape():
    written, rooms = _at_the_desk().sc, _at_the_desk("closed_rooms").sc
    assert written.parties["maker"].utility.weights["cycle"] > rooms.parties["maker"].utility.weights["cycle"]
    assert written.parties["maker"].utility.weights["cost"] < rooms.parties["maker"].utility.weights["cost"]
