"""The frontier against every outcome counted one by one."""

from itertools import product

import pytest

from simulations import library
from simulations.engine import frontier
from simulations.engine.utility import worth

from .cases import rich

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def gas_heater():
    return library.scenario("d-01-gas-heater")


def _every_gain(sc) -> list[tuple[float, float, dict]]:
    grids = {name: issue.grid() for name, issue in sc.issues.items()}
    outcomes = [dict(zip(grids, values, strict=True)) for values in product(*grids.values())]
    return [(*frontier.gains(sc, "seller", terms), terms) for terms in outcomes]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_outlook_is_what_counting_every_outcome_gives(number):
    sc = rich().varied("", number)
    every = _every_gain(sc)
    zone = [(a, b) for a, b, _ in every if a >= 0 and b >= 0]
    seen = frontier.outlook(sc, "seller")
    assert seen.count == len(every) == 42
    assert seen.zopa_share == pytest.approx(len(zone) / len(every), abs=1e-6)
    assert seen.max_joint == pytest.approx(max(a + b for a, b in zone), abs=1e-5)
    assert seen.max_nash == pytest.approx(max(a * b for a, b in zone), abs=1e-5)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_front_is_every_outcome_that_no_other_dominates(number):
    sc = rich().varied("", number)
    every = _every_gain(sc)
    hair = 1e-5
    undominated = {
        tuple(terms.values())
        for a, b, terms in every
        if not any(c >= a - hair and d >= b - hair and (c > a + hair or d > b + hair) for c, d, _ in every)
    }
    assert {tuple(point.terms.values()) for point in frontier.front(sc, "seller")} == undominated


def test_measures_of_the_best_outcome_are_one(gas_heater):
    sc = gas_heater.varied("", 3)
    best = frontier.outlook(sc, "combustion").nash
    measured = frontier.measures(sc, "combustion", best.terms)
    assert measured["nash"] == pytest.approx(1, abs=0.01)
    assert measured["pareto"] == pytest.approx(1, abs=0.001)


def test_no_grid_outcome_dominates_a_point_of_the_front(gas_heater):
    sc = gas_heater.varied("", 5)
    view = frontier.outlook(sc, "combustion")
    for point in frontier.front(sc, "combustion"):
        better = (view.sample[0] > point.principal + 1e-5) & (view.sample[1] > point.partner + 1e-5)
        assert not better.any()


def test_the_outlook_is_kept_by_content_and_not_by_name(gas_heater):
    one, two = gas_heater.varied("", 1), gas_heater.varied("", 2)
    assert one.sha256 != two.sha256
    assert frontier.outlook(one, "combustion") is not frontier.outlook(two, "combustion")
    assert frontier.outlook(one, "combustion") is frontier.outlook(gas_heater.varied("", 1), "combustion")


def test_a_worth_on_the_grid_is_the_worth_of_its_terms(gas_heater):
    sc = gas_heater.varied("", 4)
    for point in frontier.front(sc, "combustion")[::9]:
        assert point.principal == pytest.approx(worth(sc, "maker", "combustion", point.terms), abs=1e-5)
        assert point.partner == pytest.approx(worth(sc, "combustion", "combustion", point.terms), abs=1e-5)
