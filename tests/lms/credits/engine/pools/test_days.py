from datetime import date

import pytest

from lms.credits.engine.pools.days import Days, deadlines, months_after

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 5, 22), 6, date(2026, 11, 22)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_plan_posted_on_the_first_stays_until_the_sixteenth() -> None:
    last = deadlines(Days(posted_on=date(2026, 11, 1)), posting_days=15, payment_months=6)
    assert (last.posted_until, last.pay_until) == (date(2026, 11, 16), None)


@pytest.mark.parametrize(
    ("paid", "early", "late"),
    [
        (date(2026, 11, 16), True, False),
        (date(2026, 11, 17), False, False),
        (date(2027, 3, 30), False, False),
        (date(2027, 3, 31), False, True),
    ],
)
def test_paying_while_the_plan_is_posted_or_after_six_months_is_noticed(paid: date, early: bool, late: bool) -> None:
    days = Days(posted_on=date(2026, 11, 1), received_on=date(2026, 9, 30), paid_on=paid)
    last = deadlines(days, posting_days=15, payment_months=6)
    assert (last.posted_until, last.pay_until) == (date(2026, 11, 16), date(2027, 3, 30))
    assert (last.paid_while_posted, last.paid_late) == (early, late)


def test_where_no_rule_says_so_there_is_no_deadline() -> None:
    days = Days(posted_on=date(2026, 11, 1), received_on=date(2026, 9, 30), paid_on=date(2026, 11, 1))
    assert deadlines(days, posting_days=None, payment_months=None).posted_until is None
