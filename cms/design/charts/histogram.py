"""How many fell where: columns over an axis of values."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext, pgettext_lazy

from .axes import Plot, plot
from .chart import Chart, Limit, Table
from .paper import Drawing, Mark, group, limit_line, rect, text
from .scales import Scale, thinned
from .words import SMALL, Number, Text, figure, width

_HEAD = 34.0  # over the columns, for the names of lines that matter


@dataclass(frozen=True, kw_only=True)
class Histogram(Chart):
    """Counts between `edges`, which are one more than the counts. `limits` are lines on the axis of values."""

    edges: Sequence[Number]
    counts: Sequence[int]
    axis: Text
    unit: Text = ""
    limits: Sequence[Limit] = ()

    def __post_init__(self) -> None:
        if len(self.edges) != len(self.counts) + 1:
            raise ValueError("a histogram has one edge more than it has counts")

    @property
    def has_data(self) -> bool:
        return any(self.counts)

    @property
    def table(self) -> Table:
        head = (self.axis, pgettext_lazy("chart", "How many"))
        return Table(head, [(self._between(n), str(count)) for n, count in enumerate(self.counts)])

    def draw(self, sheet: float) -> Drawing:
        frame = plot(sheet, [0, *self.counts], unit="", whole=True, zero=True, head=_HEAD if self.limits else 16)
        scale = Scale(float(self.edges[0]), float(self.edges[-1]), frame.left, frame.right)
        marks = [*frame.grid(), *(self._column(n, frame, scale) for n in range(len(self.counts)))]
        marks += [*self._foot(frame, scale), *self._lines(frame, scale), *self._figures(frame, scale)]
        title = text(self.axis, (frame.left + frame.right) / 2, frame.height + 12, "t-mid")
        return Drawing(sheet, frame.height + 18, [*marks, title])

    def _between(self, number: int) -> str:
        return f"{figure(self.edges[number])}–{figure(self.edges[number + 1], self.unit)}"

    def _column(self, number: int, frame: Plot, scale: Scale) -> Mark:
        count = self.counts[number]
        start, end = scale.at(self.edges[number]), scale.at(self.edges[number + 1])
        top = frame.y.at(count)
        column = rect("f1", start + 0.5, top, end - start - 1, frame.bottom - top)
        words = ngettext("%(between)s: %(count)s time", "%(between)s: %(count)s times", count)
        return group("pt", [column], words % {"between": self._between(number), "count": count})

    def _figures(self, frame: Plot, scale: Scale) -> list[Mark]:
        """The count over each column, where it has room."""
        marks = []
        for number, count in enumerate(self.counts):
            start, end = scale.at(self.edges[number]), scale.at(self.edges[number + 1])
            if count and width(str(count), SMALL) < end - start:
                marks.append(text(str(count), (start + end) / 2, frame.y.at(count) - 5, "t-strong t-sm t-mid halo"))
        return marks

    def _foot(self, frame: Plot, scale: Scale) -> list[Mark]:
        words = [figure(edge, self.unit) for edge in self.edges]
        widest = max(width(each, SMALL) for each in words) + 8
        shown = thinned(len(words), frame.right - frame.left, widest)
        return [frame.foot(words[n], scale.at(self.edges[n])) for n in shown]

    def _lines(self, frame: Plot, scale: Scale) -> list[Mark]:
        marks = []
        for number, limit in enumerate(self.limits):
            x, words = scale.at(limit.value), f"{limit.name} {figure(limit.value, self.unit)}"
            half = width(words, SMALL) / 2
            where = min(max(x, half), frame.sheet - half)
            high = 12.0 + 15 * (number % 2)  # neighbours stand on two heights
            marks += limit_line((x, high + 5), (x, frame.bottom))
            marks.append(text(words, where, high, "t-sm t-mid halo"))
        return marks
