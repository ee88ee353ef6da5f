"""Until when credits count: what lapses in the months ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from lms.credits.engine.windows import years_after
from lms.credits.models import CreditLine

from .figures import hundredths


@dataclass(frozen=True, slots=True)
class Lapse:
    """Credits whose last day comes: how many, of which kinds, and that day."""

    last_day: date
    points: Decimal
    kinds: Sequence[tuple[str, Decimal]]


def lapsing(person_id: int, *, on: date, until: date) -> list[Lapse]:
    """What counts for the last time on a day from `on` to `until`, the next first (one query).

    A line that was taken back and the line that takes it back share their window and leave nothing. Credits that fade
    with age are told at the points that were posted.
    """
    rows = (
        CreditLine.objects.filter(person=person_id, valid_to__gte=on, valid_to__lte=until)
        .order_by()
        .values_list("valid_to", "kind")
        .annotate(sum=Sum("points"))
    )
    by_day: dict[date, list[tuple[str, Decimal]]] = {}
    for day, kind, points in rows:
        if hundredths(points):
            by_day.setdefault(day, []).append((kind, hundredths(points)))
    return [
        Lapse(day, sum((points for _kind, points in kinds), Decimal("0.00")), sorted(kinds))
        for day, kinds in sorted(by_day.items())
    ]


def twelve_months(day: date) -> date:
    """The last day of the twelve months that begin with `day`."""
    return years_after(day, 1) - timedelta(days=1)
