"""What is added up while papers pass by; memory does not grow with their number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Mark(NamedTuple):
    """One question of a marked paper. `chosen`: the options taken; None where the question was left open."""

    item: int
    points: float
    of: float
    chosen: Sequence[str] | None


class Sheet(NamedTuple):
    """A marked paper: its result as it stands, and the questions that count."""

    percent: float
    passed: bool
    marks: Sequence[Mark]


@dataclass(slots=True)
class OptionSums:
    """Of those who took one option: how many, and their rest scores."""

    taken: int = 0
    rest: float = 0.0


@dataclass(slots=True)
class ItemSums:
    """Of one question: x is its share of points, r the share of all other points of the same paper."""

    of: float
    n: int = 0
    omitted: int = 0
    x: float = 0.0
    xx: float = 0.0
    r: float = 0.0
    rr: float = 0.0
    xr: float = 0.0
    whole_or_nothing: bool = True
    one_worth: bool = True
    options: dict[str, OptionSums] = field(default_factory=dict)

    def add(self, mark: Mark, rest: float) -> None:
        """One more answer to it."""
        share = mark.points / mark.of
        self.n += 1
        self.x += share
        self.xx += share * share
        self.r += rest
        self.rr += rest * rest
        self.xr += share * rest
        if share not in (0.0, 1.0):
            self.whole_or_nothing = False
        if mark.of != self.of:
            self.one_worth = False
        if mark.chosen is None:
            self.omitted += 1
            return
        for option in mark.chosen:
            sums = self.options.get(option)
            if sums is None:
                sums = self.options[option] = OptionSums()
            sums.taken += 1
            sums.rest += rest


@dataclass(slots=True)
class ExamSums:
    """Of the whole exam: results in per cent, counted points, and the shares of all cells."""

    sheets: int = 0
    passed: int = 0
    percent: float = 0.0
    percent_squared: float = 0.0
    points: float = 0.0
    points_squared: float = 0.0
    cells: int = 0
    shares: float = 0.0
    shares_by_sheet: float = 0.0
    tens: list[int] = field(default_factory=lambda: [0] * 10)
    items: dict[int, ItemSums] = field(default_factory=dict)

    def add(self, sheet: Sheet) -> None:
        """One more paper."""
        self.sheets += 1
        self.passed += sheet.passed
        self.percent += sheet.percent
        self.percent_squared += sheet.percent * sheet.percent
        self.tens[min(9, int(sheet.percent // 10))] += 1
        points = sum(mark.points for mark in sheet.marks)
        self.points += points
        self.points_squared += points * points
        self._add_marks(sheet.marks, points)

    def _add_marks(self, marks: Sequence[Mark], points: float) -> None:
        most = sum(mark.of for mark in marks)
        shares = 0.0
        for mark in marks:
            shares += mark.points / mark.of
            sums = self.items.get(mark.item)
            if sums is None:
                sums = self.items[mark.item] = ItemSums(mark.of)
            sums.add(mark, (points - mark.points) / (most - mark.of) if len(marks) > 1 else 0.0)
        self.cells += len(marks)
        self.shares += shares
        self.shares_by_sheet += shares * shares / len(marks) if marks else 0.0
