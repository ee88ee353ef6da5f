"""Bars made of parts: how much there is, and what it consists of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from .bars import BAR, rows
from .chart import SERIES, Chart, Key, Table
from .paper import Drawing, Mark, group, line, rect, text
from .scales import Scale, domain
from .words import SMALL, Number, Text, figure, width

_GAP = 1.0  # of bare paper between two parts


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: its name and one value, none under nought, for each part."""

    label: Text
    values: Sequence[Number]

    @property
    def total(self) -> float:
        """All parts together."""
        return sum(float(value) for value in self.values)


@dataclass(frozen=True, kw_only=True)
class StackedBarChart(Chart):
    """Bars of the same parts in the same order; `shares` draws every bar to its own hundred."""

    parts: Sequence[Text]
    stacks: Sequence[Stack]
    unit: Text = ""
    shares: bool = False

    @property
    def has_data(self) -> bool:
        return any(stack.total for stack in self.stacks)

    @property
    def legend(self) -> list[Key]:
        return [Key([rect(_fill(n), 0, 0, 16, 12)], part) for n, part in enumerate(self.parts)]

    @property
    def table(self) -> Table:
        head = (pgettext_lazy("chart", "Name"), *self.parts, pgettext_lazy("chart", "Total"))
        said = [
            (each.label, *(figure(value, self.unit) for value in each.values), figure(each.total, self.unit))
            for each in self.stacks
        ]
        return Table(head, said)

    def draw(self, sheet: float) -> Drawing:
        laid = rows([stack.label for stack in self.stacks], sheet, under=SMALL)
        longest = max(width(figure(stack.total, self.unit)) for stack in self.stacks)
        scale = Scale(*self._span(), laid.left + 1, sheet - longest - 10)
        foot = laid.height * len(self.stacks)
        marks: list[Mark] = []
        for number, stack in enumerate(self.stacks):
            marks += laid.name(number, 0, stack.label)
            marks += self._row(stack, laid.top(number, 0), scale)
        marks += [line("axis", (scale.start, 0), (scale.start, foot))] if laid.beside else []
        return Drawing(sheet, foot + 4, marks)

    def _span(self) -> tuple[float, float]:
        return (0.0, 1.0) if self.shares else domain(stack.total for stack in self.stacks)

    def _row(self, stack: Stack, top: float, scale: Scale) -> list[Mark]:
        marks, done = [], 0.0
        whole = (stack.total or 1) if self.shares else 1
        for number, value in enumerate(stack.values):
            start, end = scale.at(done / whole), scale.at((done + float(value)) / whole)
            done += float(value)
            if value:
                marks.append(self._part(number, value, start, end, top, stack))
        total = text(figure(stack.total, self.unit), scale.at(done / whole) + 6, top + BAR / 2 + 4.5, "t-strong")
        return [*marks, total]

    def _part(self, number: int, value: Number, start: float, end: float, top: float, stack: Stack) -> Mark:
        """One part; its figure stands under it where there is room."""
        said = figure(value)
        marks = [rect(_fill(number), start, top, max(end - start - _GAP, 0.5), BAR)]
        if width(said, SMALL) + 4 < end - start:
            marks.append(text(said, (start + end - _GAP) / 2, top + BAR + SMALL + 1, "t-sm t-mid"))
        words = f"{self.parts[number]} {figure(value, self.unit)}"
        return group("pt", marks, _("%(title)s: %(description)s") % {"title": stack.label, "description": words})


def _fill(number: int) -> str:
    return f"f{number % SERIES + 1}"
