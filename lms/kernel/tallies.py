"""Figures of many rooms in one question: each offers rows of one shape, a screen asks for all of them at once.

A row says which tally it belongs to, a number to sort it by (a week, a month, a row's own id), a word that
splits it (a state, a module), and a whole figure. Hours are given in minutes, so nothing is rounded here.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Aggregate, CharField, F, IntegerField, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import (
    Cast,
    Coalesce,
    ExtractDay,
    ExtractIsoYear,
    ExtractMonth,
    ExtractWeek,
    ExtractYear,
)

from lms.kernel.beijing import BEIJING

Expression = Combinable
NO_KEY, NO_PART = Value(0), Value("", output_field=CharField())


@dataclass(frozen=True, slots=True)
class Tally:
    """One figure of a tally."""

    key: int
    part: str
    figure: int


class Tallies:
    """What came of one question: the tallies by name."""

    def __init__(self, rows: "QuerySet[Any, Any] | list[tuple[str, int, str, int]]") -> None:
        self._rows: dict[str, list[Tally]] = defaultdict(list)
        for name, key, part, figure in rows:
            self._rows[name].append(Tally(key, part, figure))

    def of(self, name: str) -> list[Tally]:
        """All figures of a tally, the smallest key first."""
        return sorted(self._rows.get(name, []), key=lambda row: (row.key, row.part))

    def total(self, name: str, *, key: int | None = None, part: str | None = None) -> int:
        """The sum of a tally, or of one key or part of it; nothing is nothing."""
        return sum(
            row.figure
            for row in self._rows.get(name, [])
            if (key is None or row.key == key) and (part is None or row.part == part)
        )

    def by_key(self, name: str, *, part: str | None = None) -> dict[int, int]:
        """The figures of a tally by their number."""
        sums: dict[int, int] = defaultdict(int)
        for row in self._rows.get(name, []):
            if part is None or row.part == part:
                sums[row.key] += row.figure
        return dict(sums)


def tally(
    rows: "QuerySet[Any, Any]",
    name: str,
    *,
    figure: Aggregate | Coalesce,
    key: Expression = NO_KEY,
    part: Expression = NO_PART,
) -> "QuerySet[Any, Any]":
    """`rows` counted as one tally; made to be asked together with others by `gather`."""
    grouped = rows.order_by().annotate(
        tally_name=Value(name, output_field=CharField()),
        tally_key=Cast(key, IntegerField()),
        tally_part=Cast(part, CharField(max_length=80)),
    )
    counted = grouped.values("tally_name", "tally_key", "tally_part").annotate(tally_figure=Coalesce(figure, 0))
    return counted.values_list("tally_name", "tally_key", "tally_part", "tally_figure")


def gather(*tallies: "QuerySet[Any, Any]") -> Tallies:
    """Every tally in one query."""
    first, *others = tallies
    return Tallies(first.union(*others, all=True) if others else first)


def week(field: str) -> Expression:
    """The ISO week of a moment, by the calendar in Beijing: 202647."""
    return ExtractIsoYear(field, tzinfo=BEIJING) * 100 + ExtractWeek(field, tzinfo=BEIJING)


def month(field: str) -> Expression:
    """The month of a day: 202611."""
    return ExtractYear(field) * 100 + ExtractMonth(field)


def day(field: str) -> Expression:
    """The day of a moment, by the calendar in Beijing: 20261122."""
    year, of_year = ExtractYear(field, tzinfo=BEIJING), ExtractMonth(field, tzinfo=BEIJING)
    return year * 10000 + of_year * 100 + ExtractDay(field, tzinfo=BEIJING)


def day_of(key: int) -> date:
    """The day that `day` counts under this key."""
    return date(key // 10000, key // 100 % 100, key % 100)


def midnight(day: date) -> datetime:
    """The moment at which a day begins in Beijing."""
    return datetime.combine(day, time.min, tzinfo=BEIJING)


def own(field: str = "pk") -> F:
    """A row's own number, or that of a row it points to."""
    return F(field)


def week_key(day: date) -> int:
    """The key under which `week` counts a day."""
    year, number, _weekday = day.isocalendar()
    return year * 100 + number


def month_key(day: date) -> int:
    """The key under which `month` counts a day."""
    return day.year * 100 + day.month


def weeks_until(day: date, number: int) -> Iterator[date]:
    """The Mondays of the last `number` weeks, that of `day` the last."""
    monday = day - timedelta(days=day.weekday())
    return (monday - timedelta(weeks=back) for back in reversed(range(number)))


def months_until(day: date, number: int) -> Iterator[date]:
    """The first days of the last `number` months, that of `day` the last."""
    months = day.year * 12 + day.month - 1
    return (date(each // 12, each % 12 + 1, 1) for each in range(months - number + 1, months + 1))
