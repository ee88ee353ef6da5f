"""The frame of charts that stand: heights at the left, names or days underneath, lines that matter."""

from collections.abc import Sequence
from dataclasses import dataclass

from .chart import NARROW, Limit
from .paper import Mark, limit_line, line, text
from .scales import Scale, domain, ticks
from .words import SMALL, Number, Text, figure, width

_HEIGHTS = {NARROW: 220}
_HEIGHT = 260


@dataclass(frozen=True, slots=True)
class Plot:
    """Edges of the drawing on its sheet, and the scale of heights."""

    sheet: float
    left: float
    top: float
    right: float
    bottom: float
    y: Scale
    heights: list[float]
    unit: Text = ""

    @property
    def height(self) -> float:
        """The whole sheet, with room for one line of words underneath."""
        return self.bottom + 26

    def grid(self) -> list[Mark]:
        """One line and one figure for each tick."""
        marks = []
        for value in self.heights:
            at = self.y.at(value)
            marks.append(line("axis" if value == 0 else "grid", (self.left, at), (self.right, at)))
            marks.append(text(figure(value, self.unit), self.left - 8, at + 4.5, "t-end t-sm"))
        return marks

    def limits(self, limits: Sequence[Limit]) -> list[Mark]:
        """Dashed lines with their names, at the left above each line."""
        marks = []
        for limit in limits:
            at = self.y.at(limit.value)
            words = f"{limit.name} {figure(limit.value, self.unit)}"
            marks += limit_line((self.left, at), (self.right, at))
            marks.append(text(words, self.left + 6, max(at - 5, SMALL), "t-sm halo"))
        return marks

    def foot(self, words: Text, x: float) -> Mark:
        """A word under the drawing, kept on the sheet."""
        half = width(words, SMALL) / 2
        return text(words, min(max(x, half), self.sheet - half), self.bottom + 19, "t-mid t-sm")


def plot(
    sheet: float, values: Sequence[Number], *, unit: Text, whole: bool, zero: bool, right: float = 0, head: float = 16
) -> Plot:
    """Edges and heights for these values; `right` and `head` are kept for words."""
    low, high = domain(values, zero=zero)
    heights = ticks(low, high, most=5, whole=whole)
    left = max(width(figure(value, unit), SMALL) for value in heights) + 10
    bottom = float(_HEIGHTS.get(int(sheet), _HEIGHT))
    y = Scale(heights[0], heights[-1], bottom, head)
    return Plot(sheet, left, head, sheet - max(right, 6), bottom, y, heights, unit)
