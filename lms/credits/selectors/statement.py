"""A person's statement: what was earned, line by line, and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from django.db.models import Count, F, Sum, Window

from lms.credits.enums import CreditKind
from lms.credits.models import CreditLine, HourLine
from lms.schemes.enums import ModuleCode

from .figures import hundredths

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one module or kind; `figure` in class hours or points."""

    code: str
    label: str
    figure: Decimal
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class LinePage:
    """One page of lines, newest first, each with `running`: the sum up to and with that line."""

    lines: Sequence[Any]
    count: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, ceil(self.count / PER_PAGE))

    @property
    def newer(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def older(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


@dataclass(frozen=True, slots=True)
class Statement:
    """Both ledgers of one person."""

    hours: Sequence[Total]
    hours_total: Decimal
    minutes_total: int
    hour_lines: LinePage
    credits: Sequence[Total]
    credits_total: Decimal
    credit_lines: LinePage


def _page(model: type[HourLine] | type[CreditLine], person_id: int, figure: str, count: int, number: int) -> LinePage:
    number = min(max(1, number), max(1, ceil(count / PER_PAGE)))
    running = Window(Sum(figure), order_by=F("seq").asc())
    lines = (
        model.objects.of(person_id)
        .annotate(running=running)
        .select_related("organisation", "reversal_of", "reversed_by")
        .order_by("-seq")[(number - 1) * PER_PAGE : number * PER_PAGE]
    )
    page: list[Any] = list(lines)
    for line in page:
        line.running = hundredths(line.running)
    return LinePage(page, count, number)


def hours_by_module(person_id: int) -> list[Total]:
    """Class hours of every module, those without a line as nothing."""
    rows = (
        HourLine.objects.filter(person_id=person_id)
        .values_list("module")
        .annotate(hours=Sum("class_hours"), minutes=Sum("minutes"))
    )
    sums = {module: (hundredths(hours), minutes) for module, hours, minutes in rows}
    nothing = (Decimal("0.00"), 0)
    return [Total(module.value, str(module.label), *sums.get(module.value, nothing)) for module in ModuleCode]


def points_by_kind(person_id: int) -> list[Total]:
    """Contribution credits of every kind, those without a line as nothing."""
    sums = dict(CreditLine.objects.filter(person_id=person_id).values_list("kind").annotate(points=Sum("points")))
    return [Total(kind.value, str(kind.label), hundredths(sums.get(kind.value))) for kind in CreditKind]


def statement(person_id: int, *, hours_page: int = 1, credits_page: int = 1) -> Statement:
    """Totals and one page of each ledger, in a number of queries that does not grow with the lines."""
    hours, points = hours_by_module(person_id), points_by_kind(person_id)
    hour_count = HourLine.objects.filter(person_id=person_id).aggregate(n=Count("pk"))["n"]
    credit_count = CreditLine.objects.filter(person_id=person_id).aggregate(n=Count("pk"))["n"]
    return Statement(
        hours=hours,
        hours_total=sum((total.figure for total in hours), Decimal(0)),
        minutes_total=sum(total.minutes for total in hours),
        hour_lines=_page(HourLine, person_id, "class_hours", hour_count, hours_page),
        credits=points,
        credits_total=sum((total.figure for total in points), Decimal(0)),
        credit_lines=_page(CreditLine, person_id, "points", credit_count, credits_page),
    )
