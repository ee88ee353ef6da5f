"""Bars that lie: one length for each thing, its name before it and its value behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from .chart import NARROW, Chart, Limit, Table
from .paper import Drawing, Mark, group, limit_line, line, rect, stacked, text
from .scales import Scale, domain
from .words import SIZE, SMALL, Number, Text, figure, width, wrapped

BAR = 16
GAP = 8
_NAMES = 0.4  # of the sheet, at most, for names


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing: its name, its value, a short word beside the value, and which pigment it takes."""

    label: Text
    value: Number
    note: Text = ""
    series: int = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """How rows of a sheet are laid out: names beside the bars, or over them where the sheet is narrow."""

    names: list[list[str]]
    left: float
    height: float
    bar_top: float
    beside: bool

    def top(self, number: int, head: float) -> float:
        """Where the bar of a row begins."""
        return head + self.height * number + self.bar_top

    def name(self, number: int, head: float, full: Text) -> list[Mark]:
        """The name of a row; the whole of it where the pointer rests, should it have been shortened."""
        lines = self.names[number]
        says = full if "".join(lines).endswith("…") else ""
        top = self.top(number, head)
        if not self.beside:
            return stacked(lines, 0, top - 6, "halo", says)
        first = top + BAR / 2 + 4.5 - (SIZE + 3) * (len(lines) - 1) / 2
        return stacked(lines, self.left - 10, first, "t-end", says)


def rows(labels: Sequence[Text], sheet: float, *, under: float = 0) -> Rows:
    """Lay rows out for these names; `under` is the room below each bar."""
    if sheet <= NARROW:
        names = [wrapped(label, sheet, lines=1) for label in labels]
        return Rows(names, 0, SIZE + 6 + BAR + GAP + 4 + under, SIZE + 6, beside=False)
    room = min(max(width(label) for label in labels), sheet * _NAMES)
    names = [wrapped(label, room) for label in labels]
    tall = max(len(lines) for lines in names) > 1
    height = max(BAR + GAP + 4, 2 * (SIZE + 3) + 8 if tall else 0) + under
    return Rows(names, room + 12, height, (height - under - BAR) / 2, beside=True)


@dataclass(frozen=True, kw_only=True)
class BarChart(Chart):
    """Lengths to compare. `highest` draws the whole behind each bar; `limit` a line that matters."""

    bars: Sequence[Bar]
    unit: Text = ""
    highest: Number | None = None
    limit: Limit | None = None

    @property
    def has_data(self) -> bool:
        return bool(self.bars)

    @property
    def table(self) -> Table:
        said = [(bar.label, f"{figure(bar.value, self.unit)} {bar.note}".strip()) for bar in self.bars]
        return Table((pgettext_lazy("chart", "Name"), pgettext_lazy("chart", "Value")), said)

    def draw(self, sheet: float) -> Drawing:
        laid = rows([bar.label for bar in self.bars], sheet)
        scale = self._scale(laid.left, sheet)
        head = 20.0 if self.limit else 0.0
        foot = head + laid.height * len(self.bars)
        marks = [self._row(bar, laid.top(number, head), scale) for number, bar in enumerate(self.bars)]
        if laid.beside or scale.low < 0:
            marks.append(line("axis", (scale.at(0), head), (scale.at(0), foot)))
        marks += self._limit_marks(scale, head, foot, sheet)
        marks += [mark for number, bar in enumerate(self.bars) for mark in laid.name(number, head, bar.label)]
        return Drawing(sheet, foot + 4, marks)

    def _words(self, bar: Bar) -> str:
        return f"{figure(bar.value, self.unit)} {bar.note}".strip()

    def _scale(self, left: float, sheet: float) -> Scale:
        values = [bar.value for bar in self.bars]
        values += [self.highest] if self.highest is not None else []
        values += [self.limit.value] if self.limit else []
        low, high = domain(values)
        widest = max(width(self._words(bar)) for bar in self.bars) + 10
        room_left = widest if low < 0 else 1
        room_right = widest if high > 0 else 1
        return Scale(low, high, left + room_left, sheet - room_right)

    def _row(self, bar: Bar, top: float, scale: Scale) -> Mark:
        start, end = sorted((scale.at(0), scale.at(bar.value)))
        says = f"{bar.label} {self._words(bar)}"
        marks = [rect(f"f{bar.series}", start, top, max(end - start, 1 if bar.value else 0), BAR)]
        behind = max(end, scale.at(self.highest)) if self.highest is not None else end
        if self.highest is not None:
            marks.insert(0, rect("track", scale.at(0), top, scale.at(self.highest) - scale.at(0), BAR))
        if bar.value < 0:
            marks.append(text(self._words(bar), start - 6, top + BAR / 2 + 4.5, "t-strong t-end"))
        else:
            marks.append(text(self._words(bar), behind + 6, top + BAR / 2 + 4.5, "t-strong"))
        return group("pt", marks, says)

    def _limit_marks(self, scale: Scale, head: float, foot: float, sheet: float) -> list[Mark]:
        if not self.limit:
            return []
        x, words = scale.at(self.limit.value), f"{self.limit.name} {figure(self.limit.value, self.unit)}"
        half = width(words, SMALL) / 2
        where = min(max(x, half), sheet - half)
        return [*limit_line((x, head - 4), (x, foot)), text(words, where, 12, "t-sm t-mid")]
