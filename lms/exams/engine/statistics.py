"""What marked papers say about an exam and its questions: values in, values out, one pass over the papers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from .formulas import alpha, correlation, nested_coefficient, standard_error, variance
from .sums import ExamSums, ItemSums, Sheet

# With fewer, a coefficient would say more about chance than about the exam.
FEWEST_SHEETS = 30
FEWEST_ITEMS = 2
# A coefficient under it only says that the questions have nothing in common.
LOWEST = -1.0


class Method(StrEnum):
    """What a reliability coefficient is; each is defined for its own design only."""

    ALPHA = "alpha"
    KR20 = "kr-20"
    NESTED = "nested-i:p"


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """Those who took an option: how many, and in per cent what they earned on the rest of their papers."""

    taken: int
    mean_rest: float


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One question: the mean share of its points, and its correlation with the rest of the paper."""

    attempts: int
    facility: float
    discrimination: float | None
    omitted: int
    options: Mapping[str, OptionFigures]


@dataclass(frozen=True, slots=True)
class Reliability:
    """A coefficient, what it is, and the standard error of a result in points of a hundred."""

    value: float
    method: Method
    standard_error: float


@dataclass(frozen=True, slots=True)
class Figures:
    """An exam: results in points of a hundred, counted in tens; and its questions."""

    attempts: int
    passed: int
    mean: float | None
    deviation: float | None
    histogram: Sequence[int]
    reliability: Reliability | None
    items: Mapping[int, ItemFigures]


def _item(sums: ItemSums) -> ItemFigures:
    told = sums.n >= FEWEST_SHEETS
    return ItemFigures(
        attempts=sums.n,
        facility=sums.x / sums.n,
        discrimination=correlation(sums.n, sums.x, sums.xx, sums.r, sums.rr, sums.xr) if told else None,
        omitted=sums.omitted,
        options={
            option: OptionFigures(each.taken, 100 * each.rest / each.taken)
            for option, each in sorted(sums.options.items())
        },
    )


def _same_questions(sums: ExamSums) -> bool:
    """Whether everybody answered the same questions for the same points."""
    return all(item.n == sums.sheets and item.one_worth for item in sums.items.values())


def _crossed(sums: ExamSums) -> tuple[float | None, Method]:
    """Everybody sat the same questions: alpha over points, or KR-20 where each is worth one and all or nothing."""
    items = sums.items.values()
    each = sum((variance(item.n, item.x, item.xx) or 0.0) * item.of**2 for item in items)
    whole = variance(sums.sheets, sums.points, sums.points_squared) or 0.0
    simple = all(item.whole_or_nothing for item in items) and len({item.of for item in items}) == 1
    return alpha(len(items), each, whole), Method.KR20 if simple else Method.ALPHA


def _nested(sums: ExamSums) -> tuple[float | None, Method]:
    """Papers differ: every person has questions of their own, each question counting the same."""
    squares = sum(item.xx for item in sums.items.values())
    return nested_coefficient(sums.sheets, sums.cells, sums.shares, squares, sums.shares_by_sheet), Method.NESTED


def _reliability(sums: ExamSums, deviation: float | None) -> Reliability | None:
    if sums.sheets < FEWEST_SHEETS or len(sums.items) < FEWEST_ITEMS or deviation is None:
        return None
    value, method = _crossed(sums) if _same_questions(sums) else _nested(sums)
    return None if value is None or value < LOWEST else Reliability(value, method, standard_error(deviation, value))


def compute(sheets: Iterable[Sheet]) -> Figures:
    """The figures of these papers."""
    sums = ExamSums()
    for sheet in sheets:
        sums.add(sheet)
    of_all = variance(sums.sheets, sums.percent, sums.percent_squared)
    deviation = None if of_all is None else sqrt(of_all)
    return Figures(
        attempts=sums.sheets,
        passed=sums.passed,
        mean=sums.percent / sums.sheets if sums.sheets else None,
        deviation=deviation,
        histogram=tuple(sums.tens),
        reliability=_reliability(sums, deviation),
        items={item: _item(each) for item, each in sums.items.items()},
    )
