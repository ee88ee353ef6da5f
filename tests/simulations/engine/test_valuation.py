"""The licence model against the same sums done one year at a time, and draws that every machine repeats."""

from hashlib import sha256
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from simulations.engine import valuation

pytestmark = pytest.mark.unit


def _by_hand(sales=0.0, growth=0.0, years=10.0, ramp=0.0, margin=0.0, invest=0.0, success=100.0, rate=10.0, support=0.0,
             lump=0.0, entry=0.0, royalty=0.0, milestone=0.0, free=0.0, later=0.0):  # fmt: skip
    """The formulas of the reference, with powers, for one set of numbers."""
    d, p, whole = 1 / (1 + rate / 100), success / 100, max(1, min(20, floor(years + 0.5)))
    flows = {
        t: d**t * sales * (1 + growth / 100) ** (t - 1) * (min(1, t / ramp) if ramp > 0 else 1)
        for t in range(1, whole + 1)
    }
    all_years, after = sum(flows.values()), sum(flow for t, flow in flows.items() if t > floor(free + 0.5))
    full = min(max(ceil(ramp), 1), whole)
    project = p * margin / 100 * all_years - invest
    paid = {
        "lump": lump,
        "royalty": entry + p * royalty / 100 * all_years,
        "milestones": p * milestone * (d + d**full) / 2,
        "use_first": p * later / 100 * after,
    }
    worth = {"sales_value": p * all_years, "project": project}
    for form, sum_paid in paid.items():
        worth |= {f"licensor_{form}": sum_paid - support, f"licensee_{form}": project - sum_paid}
    return worth


inputs = some.fixed_dictionaries(
    {},
    optional={
        "sales": some.floats(0, 5000),
        "growth": some.floats(-20, 40),
        "years": some.floats(1, 20),
        "ramp": some.floats(0, 8),
        "margin": some.floats(0, 60),
        "invest": some.floats(0, 2000),
        "success": some.floats(0, 100),
        "rate": some.floats(1, 45),
        "support": some.floats(0, 200),
        "lump": some.floats(0, 900),
        "entry": some.floats(0, 300),
        "royalty": some.floats(0, 20),
        "milestone": some.floats(0, 900),
        "free": some.floats(0, 5),
        "later": some.floats(0, 20),
    },
)


@settings(max_examples=300, deadline=None)
@given(given=inputs)
def test_the_licence_model_is_the_sum_done_by_hand(given):
    worth, expected = valuation.licence(given), _by_hand(**given)
    assert set(worth) == set(expected) == set(valuation.OUTPUTS)
    for name, value in expected.items():
        assert float(worth[name]) == pytest.approx(value, rel=1e-9, abs=1e-6), name


def test_many_licences_at_once_are_the_single_ones():
    sales = np.array([100.0, 200.0, 300.0])
    together = valuation.licence({"sales": sales, "royalty": 5, "ramp": 2})
    for n, each in enumerate(sales):
        alone = valuation.licence({"sales": each, "royalty": 5, "ramp": 2})
        assert together["licensor_royalty"][n] == alone["licensor_royalty"]


def test_both_sides_share_the_project_whatever_the_form():
    worth = valuation.licence(
        {"sales": 900, "margin": 30, "royalty": 4, "lump": 70, "milestone": 50, "later": 6, "free": 2}
    )
    for form in valuation.FORMS:
        assert worth[f"licensor_{form}"] + worth[f"licensee_{form}"] == pytest.approx(worth["project"])


def test_draws_lie_one_in_every_stratum_and_are_the_same_everywhere():
    draws = valuation.strata("sales")
    assert np.array_equal(np.sort(draws), (np.arange(valuation.PATHS) + 0.5) / valuation.PATHS)
    digest = sha256(b"".join(f"{each:.8f}".encode() for each in draws)).hexdigest()
    assert digest == DIGEST
    assert abs(np.corrcoef(draws, valuation.strata("royalty"))[0, 1]) < 0.05


def test_a_triangle_keeps_its_ends_and_its_mean():
    draws = valuation.triangular("sales", 10.0, 20.0, 60.0)
    assert 10 <= draws.min() < 10.5
    assert 59 < draws.max() <= 60
    assert draws.mean() == pytest.approx(30, abs=0.01)
    assert set(valuation.triangular("sales", 5.0, 5.0, 5.0)) == {5.0}


DIGEST = "a93adc8226bdce81d9355c7914904440885d4c4443eaa7aa04afd37425d80d3b"
