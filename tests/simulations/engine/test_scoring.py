"""Scores: fixed denominators, gates, overrides, and a debrief that shows the way."""

from decimal import Decimal

import pytest

from simulations import library
from simulations.bots.cheats import DoubleFeeBot
from simulations.bots.playtest import play
from simulations.bots.skilled import AverageBot, ExpertBot
from simulations.engine import frontier, valuation
from simulations.engine.debrief import debrief
from simulations.engine.scoring import DEAL_METRICS, FORMULAS, METRICS, Override, score

from .cases import Sitting, small

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


def test_silently_taking_a_second_fee_is_capped_at_59_however_good_the_rest(gas_heater):
    done = play(gas_heater, DoubleFeeBot(), "gate")
    assert done.score.raw > 80
    assert done.score.total == 59
    assert [gate.rule for gate in done.score.gates] == ["R16"]


def test_measures_of_the_best_outcome_are_one(gas_heater):
    sc = gas_heater.variant("best")
    best = frontier.outlook(sc, "combustion").nash
    measured = frontier.measures(sc, "combustion", best.terms)
    assert measured["nash"] == pytest.approx(1, abs=0.01)
    assert measured["pareto"] == pytest.approx(1, abs=0.001)


def test_no_grid_outcome_dominates_a_point_of_the_frontier(gas_heater):
    view = frontier.outlook(gas_heater.variant("frontier"), "combustion")
    for point in view.frontier:
        better = (view.sample[0] > point.principal + 1e-5) & (view.sample[1] > point.partner + 1e-5)
        assert not better.any()


def test_the_frontier_is_kept_by_content_and_not_by_name(gas_heater):
    one, two = gas_heater.variant("1"), gas_heater.variant("2")
    assert one.variant_no != two.variant_no
    assert one.sha256 != two.sha256
    assert frontier.outlook(one, "combustion") is not frontier.outlook(two, "combustion")
    assert frontier.outlook(one, "combustion") is frontier.outlook(gas_heater.variant("1"), "combustion")


def test_a_debrief_shows_where_each_missed_fact_was_and_the_three_best_improvements(gas_heater):
    done = play(gas_heater, AverageBot(), "average")
    told = debrief(gas_heater.variant("average"), done.state, "zh")
    assert all(row["where"] for row in told["missed"])
    gains = [Decimal(row["gain"]) for row in told["improvements"]]
    assert len(gains) == 3
    assert gains == sorted(gains, reverse=True)


def test_better_deals_of_a_debrief_leave_both_sides_better_off(gas_heater):
    for n in range(12):
        done = play(gas_heater, ExpertBot(), f"better:{n}")
        if done.state.deal is None:
            continue
        told = debrief(gas_heater.variant(f"better:{n}"), done.state, "en")
        for row in told["better"]:
            assert row["more_x"] >= 0
            assert row["more_y"] >= 0
            assert row["changes"]


def test_a_debrief_is_for_attempts_that_have_ended():
    sitting = Sitting(small())
    with pytest.raises(ValueError, match="ended"):
        debrief(sitting.sc, sitting.st)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(100, 100, 0), (90, 110, 20), (100, 120, 20), (110, 120, 110)],
)
def test_the_interval_score_is_width_plus_ten_times_the_miss(low, high, expected):
    assert valuation.interval_score(low, high, 100) == pytest.approx(expected)


def test_net_present_value_and_rate_of_return_agree():
    flows = [-100, 60, 60]
    rate = valuation.irr(flows)
    assert rate == pytest.approx(0.1307, abs=1e-4)
    assert valuation.npv(rate, flows) == pytest.approx(0, abs=1e-6)
    assert valuation.irr([1, 1]) is None


def test_models_compute_and_refuse_what_is_not_a_model():
    assert valuation.evaluate({"div": [{"mul": ["a", 6]}, 4]}, {"a": 2}) == 3
    for wrong in ({"pow": [1, 2]}, {"div": [1, 0]}, "b", {"add": []}, {}):
        with pytest.raises(valuation.BadModel):
            valuation.evaluate(wrong, {"a": 2})
