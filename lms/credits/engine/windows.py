"""Until when credits count, and what they are still worth on a day."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from .awarding import NOTHING, WHOLE, rounded
from .rules import Kind


def years_after(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def window_of(kind: Kind, occurred_on: date) -> tuple[date, date | None]:
    """First and last day on which credits earned on `occurred_on` count; no last day where they never lapse."""
    if kind.valid_years is None:
        return occurred_on, None
    return occurred_on, years_after(occurred_on, kind.valid_years) - timedelta(days=1)


def counts_on(day: date, valid_from: date | None, valid_to: date | None) -> bool:
    """Whether credits with this window count on `day`; without one they always do."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


def full_years(since: date, day: date) -> int:
    """Full years from `since` to `day`, none before it."""
    years = max(0, day.year - since.year)
    return years - 1 if years and years_after(since, years) > day else years


def worth_on(
    day: date, points: Decimal, *, valid_from: date | None, valid_to: date | None, decay: Sequence[Decimal] = ()
) -> Decimal:
    """What `points` are worth on `day`: nothing outside their window, less by age where they fade."""
    if not counts_on(day, valid_from, valid_to):
        return NOTHING
    if not decay or valid_from is None:
        return points
    percent = decay[min(full_years(valid_from, day), len(decay) - 1)]
    return rounded(points * percent / WHOLE)
