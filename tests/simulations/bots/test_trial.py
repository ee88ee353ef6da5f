"""A whole playtest as JSON values, on the smallest scale that still has every part."""

import json

import pytest

from simulations import library
from simulations.bots.bars import Bar, at_least, at_most
from simulations.bots.field import TRAINEE, seats, trainees
from simulations.bots.policies import gate_rules, leaks, names
from simulations.bots.report import index, pages
from simulations.bots.simple import GreedyBot
from simulations.bots.trial import solo, trial

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def gas_heater():
    return library.scenario("d-01-gas-heater")


@pytest.fixture(scope="module")
def figures(gas_heater):
    return trial(gas_heater, plays=2, seed=1, field=3)


def test_every_policy_plays_and_every_kind_of_bar_is_held_up(gas_heater, figures):
    assert set(figures["policies"]) == set(names(gas_heater))
    assert all(each["n"] == 2 for each in figures["policies"].values())
    found = {bar["name"] for bar in figures["bars"]}
    assert found >= {
        "random mean",
        "expert sd",
        "d good to expert",
        "AUC average to expert",
        "d parrot to expert",
        "gate-R16 mean under the pass mark",
        "expert deal rate",
        "d of asking, on the Nash product",
        "item I-01 r_it",
        "alpha",
        "ICC of three attempts",
        "ZOPA, least share of the grid",
    }
    assert json.loads(json.dumps(figures)) == figures


def test_the_same_seed_gives_the_same_figures_in_one_process_or_two(gas_heater, figures):
    assert trial(gas_heater, plays=2, seed=1, field=3, jobs=2) == figures


def test_plays_are_spread_evenly_over_flavours_and_variants(gas_heater):
    flavours = ("", *gas_heater.flavours)
    each = seats(gas_heater, ["expert"], 2 * len(flavours) * gas_heater.variants, 1, flavours)
    cells = [(seat.flavour, seat.number) for seat in each]
    assert {cells.count(cell) for cell in cells} == {2}
    assert len(set(cells)) == len(flavours) * gas_heater.variants
    assert len({seat.seed for seat in each}) == len(each)


def test_a_trainee_meets_three_different_variants(gas_heater):
    crowd = trainees(gas_heater, 40, 1, ("", *gas_heater.flavours))
    assert {seat.policy for seat in crowd} == {TRAINEE}
    assert min(seat.skill for seat in crowd) < 0.12
    assert max(seat.skill for seat in crowd) > 0.98
    for who in range(40):
        met = {(seat.flavour, seat.number) for seat in crowd if seat.who == who}
        assert len(met) == 3


def test_one_flavour_can_be_played_alone(gas_heater):
    report = solo(gas_heater, GreedyBot, "GreedyBot", plays=2, seed=1, flavour="written")
    assert list(report["flavours"]) == ["written"]
    assert report["bars"] == []


def test_a_bar_says_what_was_measured_and_whether_it_holds():
    assert at_most("random mean", 20, 20) == Bar("random mean", 20, "≤ 20", ok=True, hard=True)
    assert not at_least("alpha", 0.79, 0.8, hard=False).ok


def test_the_scenario_is_asked_for_its_gates_and_nothing_else(gas_heater):
    assert gate_rules(gas_heater)
    assert leaks(gas_heater)


def test_the_report_names_what_missed_a_bar_and_who_waived_it(figures):
    missed = next(bar["name"] for bar in figures["bars"] if not bar["ok"] and not bar["hard"])
    waivers = [{"bar": missed, "approver": "Lin", "reason": "A first version."}]
    written = pages(figures, "燃气热水器", waivers)
    page = written["d-01-gas-heater.md"]
    assert f"| {missed} |" in page
    assert "waived by Lin: A first version." in page
    assert written == pages(figures, "燃气热水器", waivers)
    assert all(written[name].startswith("<svg") for name in written if name.endswith(".svg"))


def test_the_index_lists_every_scenario_with_what_it_misses(figures):
    page = index({"d-01-gas-heater": figures}, {"d-01-gas-heater": "燃气热水器"}, {})
    row = next(line for line in page.splitlines() if "d-01-gas-heater.md" in line)
    assert "hard" in row
    assert "printed" in row
