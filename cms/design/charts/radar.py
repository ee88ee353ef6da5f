"""What one can do: a shape with a corner for each ability, against others' shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.translation import pgettext_lazy

from .chart import NARROW, SERIES, Chart, Key, Series, Table
from .paper import Drawing, Mark, Point, circle, group, path, polyline, rect, text
from .words import SIZE, Number, Text, figure, width, wrapped

_RINGS = 4
_LINE = SIZE + 2
_MIDDLE = 0.2  # how far from upright a spoke may stand for its word to be centred
_ROUND = 16  # from the outer ring to the words
_CORNERS = 3
_WORD = 78.0  # a longer word beside the web is broken


@dataclass(frozen=True, slots=True)
class Web:
    """The middle and the size of the figure, and where its spokes point."""

    middle: Point
    radius: float
    count: int

    def spoke(self, number: int, length: float) -> Point:
        """A point on a spoke; the first spoke points upwards, the next one follows the clock."""
        angle = 2 * pi * number / self.count - pi / 2
        return self.middle[0] + cos(angle) * length, self.middle[1] + sin(angle) * length

    def ring(self, share: float) -> str:
        """A ring of the web."""
        return polyline(self.spoke(n, self.radius * share) for n in range(self.count)) + "Z"


@dataclass(frozen=True, kw_only=True)
class RadarChart(Chart):
    """The first series is filled and its values are written; others are lines to compare with."""

    axes: Sequence[Text]
    series: Sequence[Series]
    highest: Number = 100
    unit: Text = ""

    @property
    def has_data(self) -> bool:
        return len(self.axes) >= _CORNERS and any(value is not None for value in self._first)

    @property
    def legend(self) -> list[Key]:
        if len(self.series) < 2:
            return []
        first = Key([rect("rd-a f1", 0, 0, 16, 12)], self.series[0].name)
        others = [Key([path(_line(n), "M0 6H16")], each.name) for n, each in enumerate(self.series) if n]
        return [first, *others]

    @property
    def table(self) -> Table:
        head = (pgettext_lazy("chart", "Name"), *(each.name for each in self.series))
        rows = [
            (axis, *("–" if each.values[n] is None else figure(each.values[n] or 0, self.unit) for each in self.series))
            for n, axis in enumerate(self.axes)
        ]
        return Table(head, rows)

    def draw(self, sheet: float) -> Drawing:
        radius = self._radius(sheet)
        web = Web((sheet / 2, radius + 56), radius, len(self.axes))
        centre = "M{:.0f} {:.0f}".format(*web.middle)
        spokes = "".join(centre + polyline([web.spoke(n, radius)]).replace("M", "L") for n in range(web.count))
        marks = [path("grid", web.ring((n + 1) / _RINGS)) for n in range(_RINGS)]
        marks += [path("grid", spokes), *self._shapes(web)]
        marks += [mark for n in range(web.count) for mark in self._words(n, web, sheet)]
        return Drawing(sheet, 2 * radius + 106, marks, "radar")

    @property
    def _first(self) -> Sequence[Number | None]:
        return self.series[0].values if self.series else ()

    def _radius(self, sheet: float) -> float:
        """As large as the longest words beside the web allow."""
        radius, turn = (104.0 if sheet <= NARROW else 128.0), 2 * pi / len(self.axes)
        for number, axis in enumerate(self.axes):
            aside = abs(cos(turn * number - pi / 2))
            if aside > _MIDDLE:
                longest = max(width(word) for word in str(axis).split() or [""])
                radius = min(radius, (sheet / 2 - min(longest, _WORD)) / aside - _ROUND)
        return radius

    def _at(self, web: Web, number: int, value: Number | None) -> Point:
        share = min(max(float(value or 0) / float(self.highest), 0), 1)
        return web.spoke(number, web.radius * share)

    def _shapes(self, web: Web) -> list[Mark]:
        marks = []
        for number, each in enumerate(self.series):
            shape = polyline(self._at(web, n, value) for n, value in enumerate(each.values)) + "Z"
            marks.append(path(_line(number), shape, str(each.name)))
        points = [(n, value, self._at(web, n, value)) for n, value in enumerate(self._first)]
        dots = [
            group("pt", [circle("f1", at, 3.5)], f"{self.axes[n]} {figure(value, self.unit)}")
            for n, value, at in points
            if value is not None
        ]
        return [*marks, *dots]

    def _words(self, number: int, web: Web, sheet: float) -> list[Mark]:
        """The name of a corner and its value, outside the web and on the sheet."""
        x, y = web.spoke(number, web.radius + _ROUND)
        aside = x - web.middle[0]
        is_middle = abs(aside) < _MIDDLE * web.radius
        room = 2 * min(x, sheet - x) if is_middle else (sheet - x if aside > 0 else x)
        name = self.axes[number]
        lines = wrapped(name, min(room, width(name) * 0.62 if width(name) > 110 else room), lines=3)
        value = self._first[number]
        kind = "t-mid" if is_middle else ("" if aside > 0 else "t-end")
        lift = 1 - _LINE * len(lines) if is_middle and y < web.middle[1] else 4.0
        lift -= 0 if is_middle else _LINE * len(lines) / 2
        says = name if lines[-1].endswith("…") else ""
        words = [text(each, x, y + lift + _LINE * n, kind, says) for n, each in enumerate(lines)]
        said = "–" if value is None else figure(value, self.unit)
        return [*words, text(said, x, y + lift + _LINE * len(lines), f"{kind} t-strong".strip())]


def _line(number: int) -> str:
    pigment = number % SERIES + 1
    return "rd-a" if number == 0 else f"l{pigment} d{pigment}" if number > 1 else "rd-b"
