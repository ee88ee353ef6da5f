"""Scores: fixed denominators, gates, overrides, and a debrief that shows the way."""

from decimal import Decimal

import pytest

from simulations import library
from simulations.engine import frontier
from simulations.engine.debrief import debrief
from simulations.engine.metrics import DEAL_METRICS, FORMULAS, METRICS
from simulations.engine.scoring import Override, score

from .cases import Sitting, sitting, small
from .players import play
from .test_acting import EASY

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def gas_heater():
    return library.scenario("d-01-gas-heater")


def _whole_attempt() -> Sitting:
    sitting = Sitting(small())
    sitting.do(type="act", action="visit")
    sitting.do(type="read", document="note")
    sitting.do(type="ask", action="ask_price", option="why")
    sitting.do(type="procedure", action="nda")
    sitting.do(type="act", action="share")
    twice = 2 * sitting.sc.numbers["volume"]
    sitting.do(type="assess", assessment="need", low=twice - 5, high=twice + 5)
    sitting.to_table()
    price = 55
    while sitting.st.deal is None and not sitting.st.broken_by:
        sitting.do(type="propose", packages=[{"price": price, "kind": "strict"}])
        price += 3
    sitting.do(type="draft", draft="paper", clauses=["price"])
    sitting.do(type="close")
    return sitting


def test_the_total_is_the_weighted_sum_of_competencies_rounded_once():
    sitting = _whole_attempt()
    result = score(sitting.sc, sitting.st)
    exact = sum(line.weight * line.percent for line in result.competencies)
    assert abs(result.total - exact) <= Decimal("0.02")
    assert {item.id: item.points for item in result.items if item.comp == "C01"} == {
        "I-01": Decimal("4.00"),
        "I-02": Decimal("4.00"),
        "I-03": Decimal("2.00"),
    }
    assert result.passed is (result.total >= result.pass_mark)


def test_an_item_cites_the_events_that_earned_it():
    sitting = _whole_attempt()
    item = next(item for item in score(sitting.sc, sitting.st).items if item.id == "I-03")
    raised = [event.seq for event in sitting.events if event.data.get("flag") in ("nda", "shared")]
    assert list(item.evidence) == raised


def test_what_was_never_done_cites_the_end():
    sitting = Sitting(small())
    sitting.do(type="walk_away", reason="")
    assert {item.evidence for item in score(sitting.sc, sitting.st).items} >= {(3,)}


def test_a_hard_gate_caps_the_total_and_fails_the_attempt():
    sitting = _whole_attempt()
    gifted = Sitting(small())
    gifted.do(type="act", action="gift")
    for command in sitting.commands:
        gifted.do(**command) if gifted.st.status == "playing" else None
    result = score(gifted.sc, gifted.st)
    assert result.total <= 40 < result.raw
    assert not result.passed
    assert [(gate.trap, gate.hard) for gate in result.gates] == [("t_gift", True)]


def test_an_override_changes_one_item_and_leaves_the_rest():
    sitting = _whole_attempt()
    plain, changed = (
        score(sitting.sc, sitting.st, overrides) for overrides in ((), (Override("I-01", Decimal(1), "was prompted"),))
    )
    assert [item.id for item in plain.items if item not in changed.items] == ["I-01"]
    assert changed.total < plain.total


def test_every_measure_says_its_formula():
    assert set(FORMULAS) == {"condition", *METRICS, *DEAL_METRICS}


def test_clauses_lose_a_third_for_each_that_is_void():
    sitting = _whole_attempt()
    worse = sitting.st.copy()
    worse.drafts["paper"] = ("price", "tie")
    points = [
        next(item.points for item in score(sitting.sc, st).items if item.id == "I-05") for st in (sitting.st, worse)
    ]
    assert points == [Decimal("3.00"), Decimal("2.00")]


def test_no_item_of_the_gas_heater_weighs_more_than_a_tenth(gas_heater):
    for item in gas_heater.rubric:
        most = sum(each.points for each in gas_heater.rubric if each.comp == item.comp)
        assert gas_heater.competencies[item.comp] * item.points / most <= 0.1


def test_a_debrief_shows_where_each_missed_fact_was_and_the_three_best_improvements(gas_heater):
    done = play(gas_heater, "average")
    told = debrief(done.sc, done.state, "zh")
    assert all(row["where"] for row in told["missed"])
    gains = [Decimal(row["gain"]) for row in told["improvements"]]
    assert len(gains) == 3
    assert gains == sorted(gains, reverse=True)


def test_better_deals_of_a_debrief_leave_both_sides_better_off(gas_heater):
    sc = gas_heater.varied("", 3)
    best = frontier.outlook(sc, "combustion").nash.terms
    here = Sitting(sc)
    here.do(type="walk_away", reason="")
    here.st.partner = "combustion"
    shown = 0
    for name, issue in sc.issues.items():
        for value in issue.grid():
            here.st.deal = {**best, name: value}
            if min(frontier.gains(sc, "combustion", here.st.deal)) < 0:
                continue
            for row in debrief(sc, here.st, "en")["better"]:
                shown += 1
                assert row["more_x"] >= 0
                assert row["more_y"] >= 0
                assert row["changes"]
    assert shown > 5


def test_a_debrief_is_for_attempts_that_have_ended():
    here = Sitting(small())
    with pytest.raises(ValueError, match="ended"):
        debrief(here.sc, here.st)


def test_a_debrief_shows_the_way_to_each_judgement():
    here = sitting()
    here.do(type="act", action="test")
    here.do(type="assess", assessment="level", value=4, evidence=["f_bench"])
    here.do(type="walk_away", reason="")
    told = {row["assessment"]: row for row in debrief(here.sc, here.st, "en")["judgements"]}
    assert (told["level"]["truth"], told["level"]["credit"]) == ("5", 800)
    assert [(fact["fact"], fact["found"]) for fact in told["level"]["facts"]] == [("f_bench", True)]
    assert [(fact["fact"], fact["found"]) for fact in told["dd"]["facts"]] == [("f_bench", True), ("f_register", False)]
    assert told["dd"]["facts"][1]["where"]
    assert told["dd"]["truth_text"] == "Technology: Clear; Title: A risk"
    assert [row["right_text"] for row in told["dd"]["rows"]] == ["Clear", "A risk"]
    need = told["need"]
    assert need["interval"]["p10"] < need["interval"]["p50"] < need["interval"]["p90"]
    assert {row["id"]: row["truth"] for row in need["figures"]} == {
        name: here.sc.numbers[name] for name in ("volume", "yearly")
    }
    assert told["best"]["truth_text"] == "Later"


def test_a_debrief_reveals_how_the_others_bargained_and_what_came_up():
    here = sitting(parties=EASY).to_table()
    while here.st.deal is None:
        here.do(type="propose", packages=[{"price": 60 + len(here.st.offers), "kind": "strict"}])
    here.do(type="act", action="calm")
    here.do(type="close")
    told = debrief(here.sc, here.st, "en")
    assert [row["party"] for row in told["rules"]] == ["buyer", "seller"]
    assert all(row["tactic"].endswith(".") for row in told["rules"])
    assert [row["id"] for row in told["happened"]] == ["storm", "tax"]
    assert told["walk_right"] is False
    roles = {row["id"]: row["role"] for row in told["papers"][0]["clauses"]}
    assert roles["tax"] == "required"
    assert told["law"]["secrecy"]["known"] == "read"
