"""What a person's lines come to, from totals that the database keeps; and what of it still counts on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Q, Sum

from lms.credits.engine.windows import worth_on
from lms.credits.models import CreditLine, CreditTotal, HourTotal
from lms.credits.selectors.figures import hundredths
from lms.credits.selectors.rules import table_by_code

NOTHING = Decimal("0.00")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Balance:
    """A person's credits; each sum is exact, kinds and years without a line are left out."""

    by_kind_and_year: Mapping[tuple[str, int], Decimal] = field(default_factory=dict)
    lines: int = 0

    @property
    def total(self) -> Decimal:
        return sum(self.by_kind_and_year.values(), NOTHING)

    @property
    def by_kind(self) -> dict[str, Decimal]:
        return _added((kind, points) for (kind, _year), points in self.by_kind_and_year.items())

    @property
    def by_year(self) -> dict[int, Decimal]:
        return _added((year, points) for (_kind, year), points in self.by_kind_and_year.items())


@dataclass(frozen=True, slots=True)
class HourBalance:
    """A person's class hours by module, with the minutes that they were made of."""

    hours: Mapping[str, Decimal]
    minutes: Mapping[str, int]
    lines: int


def _added(figures: Iterable[tuple[Key, Decimal]]) -> dict[Key, Decimal]:
    sums: dict[Key, Decimal] = {}
    for key, points in figures:
        sums[key] = sums.get(key, NOTHING) + points
    return sums


def balance(person_id: int) -> Balance:
    """All credits of a person, however many lines there are (one query)."""
    rows = list(CreditTotal.objects.filter(person_id=person_id).order_by("year", "kind"))
    return Balance({(row.kind, row.year): row.points for row in rows}, sum(row.lines for row in rows))


def hour_balance(person_id: int) -> HourBalance:
    """All class hours of a person, however many lines there are (one query)."""
    rows = list(HourTotal.objects.filter(person_id=person_id).order_by("module", "year"))
    hours = _added((row.module, row.class_hours) for row in rows)
    minutes: dict[str, int] = {}
    for row in rows:
        minutes[row.module] = minutes.get(row.module, 0) + row.minutes
    return HourBalance(hours, minutes, sum(row.lines for row in rows))


def counting(person_id: int, on: date) -> Balance:
    """What of a person's credits counts on the day `on`: lines whose window holds it, less by age where they fade.

    One query; a second only where a version of the rules is met for the first time. A line and the line that takes it
    back share window, day and version, so that they cancel out. Years are those in which the credits were earned.
    """
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    unended = Q(valid_to=None) | Q(valid_to__gte=on)
    key = ("rule_version", "kind", "year", "valid_from", "valid_to")
    rows = CreditLine.objects.filter(begun, unended, person_id=person_id).order_by().values_list(*key)
    worth = []
    for version, kind, year, begin, end, points in rows.annotate(sum=Sum("points")):
        decay = table_by_code(version).kind(kind).decay
        worth.append(((kind, year), worth_on(on, hundredths(points), valid_from=begin, valid_to=end, decay=decay)))
    return Balance({pair: points for pair, points in _added(worth).items() if points})
