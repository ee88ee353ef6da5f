"""A person's statement: what was earned, line by line, and what it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from django.db.models import F, Sum, Window

from lms.credits.enums import CreditKind
from lms.credits.models import CreditLine, HourLine
from lms.schemes.enums import ModuleCode

from .figures import hundredths
from .lines import with_words
from .totals import HourBalance, balance, hour_balance

PER_PAGE = 20
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one module or kind; `figure` in class hours or points."""

    code: str
    label: str
    figure: Decimal
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class LinePage:
    """One page of lines, newest first, each with its `words` and with `running`: the sum up to and with that line."""

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
    return LinePage(with_words(page), count, number)


def _modules(held: HourBalance) -> list[Total]:
    return [
        Total(each.value, str(each.label), held.hours.get(each.value, NOTHING), held.minutes.get(each.value, 0))
        for each in ModuleCode
    ]


def _kinds(by_kind: Mapping[str, Decimal]) -> list[Total]:
    return [Total(kind.value, str(kind.label), by_kind.get(kind.value, NOTHING)) for kind in CreditKind]


def hours_by_module(person_id: int) -> list[Total]:
    """Class hours of every module, those without a line as nothing (one query)."""
    return _modules(hour_balance(person_id))


def points_by_kind(person_id: int) -> list[Total]:
    """Contribution credits of every kind, those without a line as nothing (one query)."""
    return _kinds(balance(person_id).by_kind)


def statement(person_id: int, *, hours_page: int = 1, credits_page: int = 1) -> Statement:
    """Totals and one page of each ledger, in a number of queries that does not grow with the lines."""
    hours, points = hour_balance(person_id), balance(person_id)
    return Statement(
        hours=_modules(hours),
        hours_total=sum(hours.hours.values(), NOTHING),
        minutes_total=sum(hours.minutes.values()),
        hour_lines=_page(HourLine, person_id, "class_hours", hours.lines, hours_page),
        credits=_kinds(points.by_kind),
        credits_total=points.total,
        credit_lines=_page(CreditLine, person_id, "points", points.lines, credits_page),
    )
