from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.credits.engine.pools.sharing import FEN, shared

pytestmark = pytest.mark.unit

totals = st.decimals(min_value=0, max_value=Decimal("9999999999.99"), places=2, allow_nan=False)
weights = st.lists(
    st.decimals(min_value=0, max_value=Decimal("9999.99"), places=2, allow_nan=False), min_size=1, max_size=50
).filter(any)


def test_equal_remainders_go_to_whoever_stands_first() -> None:
    assert [str(part) for part in shared(Decimal("0.02"), [Decimal(1)] * 3)] == ["0.01", "0.01", "0.00"]
    assert [str(part) for part in shared(Decimal("100.00"), [Decimal(1)] * 3)] == ["33.34", "33.33", "33.33"]


def test_the_largest_remainder_goes_before_the_first_place() -> None:
    assert shared(Decimal("0.10"), [Decimal(33), Decimal(33), Decimal(34)]) == [
        Decimal("0.03"),
        Decimal("0.03"),
        Decimal("0.04"),
    ]


@pytest.mark.parametrize(
    ("total", "parts"),
    [("1.00", []), ("1.00", ["0"]), ("1.00", ["1", "-1"]), ("-0.01", ["1"]), ("0.001", ["1"])],
)
def test_a_division_that_makes_no_sense_is_refused(total: str, parts: list[str]) -> None:
    with pytest.raises(ValueError, match="divided"):
        shared(Decimal(total), [Decimal(part) for part in parts])


@given(totals, weights)
def test_the_parts_come_to_the_sum_and_nobody_is_a_fen_off(total: Decimal, parts: list[Decimal]) -> None:
    given_out = shared(total, parts)
    whole = sum(parts)
    assert sum(given_out) == total
    for amount, weight in zip(given_out, parts, strict=True):
        # Exact in whole numbers: |amount − total · weight / whole| < 0.01.
        assert abs(amount * whole - total * weight) < FEN * whole
        assert weight or not amount


@given(totals, weights)
def test_more_weight_never_gets_less(total: Decimal, parts: list[Decimal]) -> None:
    ordered = sorted(parts, reverse=True)
    given_out = shared(total, ordered)
    assert given_out == sorted(given_out, reverse=True)
