from datetime import date
from decimal import Decimal

import pytest

from certificates.documents.printed import Facts, last_day, statement_en_of, statement_of

pytestmark = pytest.mark.unit


def _facts(first: date, last: date, simulations: int = 1) -> Facts:
    return Facts(class_hours=Decimal("66.00"), simulations=simulations, first=first, last=last)


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        (date(2026, 11, 1), date(2026, 11, 22), "于 2026 年 11 月修满", "in November 2026"),
        (date(2026, 3, 1), date(2026, 9, 12), "于 2026 年 3 月至 9 月修满", "between March and September 2026"),
        (
            date(2025, 12, 1),
            date(2026, 1, 2),
            "于 2025 年 12 月至 2026 年 1 月修满",
            "between December 2025 and January 2026",
        ),
    ],
)
def test_the_period_is_said_once(first: date, last: date, zh: str, en: str) -> None:
    assert statement_of(_facts(first, last)).startswith(zh)
    assert en in statement_en_of(_facts(first, last))


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (0, "通过考试，成绩", "the examination required"),
        (1, "通过考试和一场交易实训，", "and one scored deal simulation required"),
        (4, "通过考试和四场交易实训，", "and four scored deal simulations required"),
        (12, "通过考试和12场交易实训，", "and 12 scored deal simulations required"),
    ],
)
def test_simulations_are_counted_in_words(count: int, zh: str, en: str) -> None:
    facts = _facts(date(2026, 11, 1), date(2026, 11, 22), count)
    assert zh in statement_of(facts)
    assert en in statement_en_of(facts)


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    assert last_day(date(2028, 2, 29), 3) == date(2031, 2, 28)
    assert last_day(date(2026, 10, 16), 3) == date(2029, 10, 15)
    assert last_day(date(2026, 1, 1), 3) == date(2028, 12, 31)
