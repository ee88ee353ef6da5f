"""Days of notice and payment."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last day of the month where it has no such day."""
    turned = day.year * 12 + day.month - 1 + months
    year, month = turned // 12, turned % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Days:
    """When a plan was posted, when income came in, and when the reward is to be paid; each where it is known."""

    posted_on: date | None = None
    received_on: date | None = None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Until when a plan stays posted, and until when the reward has to be paid."""

    posted_until: date | None = None
    pay_until: date | None = None
    paid_while_posted: bool = False
    paid_late: bool = False


def deadlines(days: Days, *, posting_days: int | None, payment_months: int | None) -> Deadlines:
    """Work out the days; the day of posting is not counted."""
    until = days.posted_on + timedelta(days=posting_days) if days.posted_on and posting_days else None
    pay = months_after(days.received_on, payment_months) if days.received_on and payment_months else None
    return Deadlines(
        posted_until=until,
        pay_until=pay,
        paid_while_posted=bool(days.paid_on and until and days.paid_on <= until),
        paid_late=bool(days.paid_on and pay and days.paid_on > pay),
    )
