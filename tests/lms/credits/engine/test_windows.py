from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.credits.engine.rules import Kind
from lms.credits.engine.windows import counts_on, full_years, window_of, worth_on, years_after

pytestmark = pytest.mark.unit

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
THREE = Kind(valid_years=3)


@pytest.mark.parametrize(
    ("earned", "last"),
    [
        (date(2026, 1, 1), date(2028, 12, 31)),
        (date(2026, 11, 22), date(2029, 11, 21)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2025, 3, 1), date(2028, 2, 29)),
    ],
)
def test_three_years_end_the_day_before_the_third_anniversary(earned: date, last: date):
    assert window_of(THREE, earned) == (earned, last)


def test_without_a_window_credits_count_for_good():
    assert window_of(Kind(), date(2026, 1, 1)) == (date(2026, 1, 1), None)
    assert counts_on(date(2090, 1, 1), date(2026, 1, 1), None)


def test_lines_of_before_windows_always_count():
    assert counts_on(date(1999, 1, 1), None, None)
    assert worth_on(date(1999, 1, 1), Decimal("2.00"), valid_from=None, valid_to=None) == Decimal("2.00")


@settings(deadline=None)
@given(days, st.integers(1, 20))
def test_a_window_holds_its_first_and_last_day_and_no_day_beyond(earned: date, years: int):
    first, last = window_of(Kind(valid_years=years), earned)
    assert last is not None
    held = [counts_on(day, first, last) for day in (first - timedelta(1), first, last, last + timedelta(1))]
    assert held == [False, True, True, False]
    assert full_years(first, last) == years - 1
    assert full_years(first, last + timedelta(1)) == years


@settings(deadline=None)
@given(days, days)
def test_full_years_are_those_that_are_over(since: date, day: date):
    years = full_years(since, day)
    assert years_after(since, years) <= max(day, since)
    assert years_after(since, years + 1) > day


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 31), "0.00"),
        (date(2026, 6, 1), "10.00"),
        (date(2027, 5, 31), "10.00"),
        (date(2027, 6, 1), "6.67"),
        (date(2028, 6, 1), "3.33"),
        (date(2029, 5, 31), "3.33"),
        (date(2029, 6, 1), "0.00"),
    ],
)
def test_credits_fade_by_full_years_and_then_lapse(day: date, expected: str):
    fading = Kind(valid_years=3, decay=(Decimal(100), Decimal("66.67"), Decimal("33.33")))
    first, last = window_of(fading, date(2026, 6, 1))
    assert worth_on(day, Decimal("10.00"), valid_from=first, valid_to=last, decay=fading.decay) == Decimal(expected)


def test_the_last_step_of_decay_stays():
    kind = Kind(decay=(Decimal(100), Decimal(50)))
    first, last = window_of(kind, date(2020, 1, 1))
    assert worth_on(date(2040, 1, 1), Decimal("3.00"), valid_from=first, valid_to=last, decay=kind.decay) == Decimal(
        "1.50"
    )
