"""Lines over days or over named steps: where things stand, and where they are going."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from .axes import Plot, plot
from .chart import NARROW, SERIES, Chart, Key, Limit, Series, Table
from .paper import Drawing, Mark, Point, circle, group, line, path, polyline, rect, text
from .scales import Scale, Slots, day_ticks, spread, thinned
from .words import SMALL, Number, Text, day, figure, full_day, month, shortened, width, wrapped, year_and_month

_DOTS = 16  # points that are still marked one by one
_END = 0.22  # of the sheet, at most, for names at the end of lines
_LONG_SPAN = 200  # days from which an axis names months


@dataclass(frozen=True, kw_only=True)
class LineChart(Chart):
    """One or a few series over the same labels; dates stand as far apart as they are."""

    labels: Sequence[Text | date]
    series: Sequence[Series]
    unit: Text = ""
    whole: bool = False
    from_zero: bool = True
    limits: Sequence[Limit] = ()

    @property
    def has_data(self) -> bool:
        return any(value is not None for each in self.series for value in each.values)

    @property
    def legend(self) -> list[Key]:
        if len(self.series) < 2:
            return []
        return [Key([path(_stroke(n), "M0 6H16")], each.name, narrow_only=True) for n, each in enumerate(self.series)]

    @property
    def table(self) -> Table:
        head = (pgettext_lazy("chart", "When"), *(each.name for each in self.series))
        return Table(head, [(_written(label), *self._cells(n)) for n, label in enumerate(self.labels)])

    def draw(self, sheet: float) -> Drawing:
        frame = plot(
            sheet,
            self._values(),
            unit=self.unit,
            whole=self.whole,
            zero=self.from_zero,
            right=self._end_room(sheet),
        )
        places = self._places(frame)
        marks = [*frame.grid(), *self._foot(frame, places), *frame.limits(self.limits)]
        for number, each in enumerate(self.series):
            marks += _band(number, each, places, frame)
        for number, each in enumerate(self.series):
            marks += _run(number, each, places, frame)
        marks += self._ends(frame) if sheet > NARROW else []
        marks += [self._column(number, places, frame) for number in range(len(self.labels))]
        return Drawing(sheet, frame.height, marks)

    def _values(self) -> list[Number]:
        known = [
            edge
            for each in self.series
            for value in each.values
            if value is not None
            for edge in (float(value) - float(each.margin), float(value) + float(each.margin))
        ]
        return [*known, *(limit.value for limit in self.limits)]

    def _cells(self, number: int) -> list[str]:
        values = [each.values[number] for each in self.series]
        return ["–" if value is None else figure(value, self.unit) for value in values]

    def _end_room(self, sheet: float) -> float:
        """Room for names at the end; a single line has its title, and a phone its legend."""
        if sheet <= NARROW or len(self.series) < 2:
            return 10
        return min(max(width(each.name) for each in self.series) + 14, sheet * _END)

    def _places(self, frame: Plot) -> list[float]:
        left, right = frame.left + 6, frame.right - 6
        days = [each for each in self.labels if isinstance(each, date)]
        if len(days) == len(self.labels) and len(set(days)) > 1:
            scale = Scale(min(days).toordinal(), max(days).toordinal(), left, right)
            return [scale.at(each.toordinal()) for each in days]
        slots = Slots(len(self.labels), left, right)
        return [slots.along(number) for number in range(len(self.labels))]

    def _foot(self, frame: Plot, places: Sequence[float]) -> list[Mark]:
        days = [each for each in self.labels if isinstance(each, date)]
        if len(days) == len(self.labels) and len(set(days)) > 1:
            return _days(min(days), max(days), frame)
        room = frame.right - frame.left
        words = [wrapped(_written(label), room / 2, SMALL, lines=1)[0] for label in self.labels]
        shown = thinned(len(words), room, max(width(each, SMALL) for each in words) + 10)
        return [frame.foot(words[number], places[number]) for number in shown]

    def _ends(self, frame: Plot) -> list[Mark]:
        """Names of the lines where they end, moved apart where lines end together."""
        if len(self.series) < 2:
            return []
        ended = [(n, each, _last(each)) for n, each in enumerate(self.series) if _last(each) is not None]
        heights = spread([frame.y.at(value or 0) for _n, _each, value in ended], 17, frame.top, frame.bottom)
        room = frame.sheet - frame.right - 6
        marks = []
        for (number, each, _value), at in zip(ended, heights, strict=True):
            name = wrapped(each.name, room, lines=1)[0]
            marks.append(text(name, frame.right + 6, at + 4.5, f"n{_pigment(number)}", each.name))
        return marks

    def _column(self, number: int, places: Sequence[float], frame: Plot) -> Mark:
        """What the pointer touches over one label: a hairline and the values, in words too."""
        x = places[number]
        left = (places[number - 1] + x) / 2 if number else frame.left
        right = (x + places[number + 1]) / 2 if number + 1 < len(places) else frame.right
        cells = self._cells(number)
        said = pgettext("chart", ", ").join(
            f"{each.name} {cell}" for each, cell in zip(self.series, cells, strict=True)
        )
        words = shortened(" / ".join(cells), frame.right - frame.left)
        half = width(words) / 2
        marks = [
            rect("hit", min(left, right), frame.top, abs(right - left), frame.bottom - frame.top),
            line("axis", (x, frame.top), (x, frame.bottom)),
            text(words, min(max(x, frame.left + half), frame.right - half), frame.top - 4, "t-strong t-mid"),
        ]
        return group(
            "pt pt-quiet",
            marks,
            _("%(title)s: %(description)s") % {"title": _written(self.labels[number]), "description": said},
        )


def _written(label: Text | date) -> str:
    return full_day(label) if isinstance(label, date) else str(label)


def _days(first: date, last: date, frame: Plot) -> list[Mark]:
    scale = Scale(first.toordinal(), last.toordinal(), frame.left + 6, frame.right - 6)
    is_long = (last - first).days > _LONG_SPAN
    widest = (
        (width(year_and_month(last), SMALL) + width(month(last), SMALL)) / 2 if is_long else width(day(last), SMALL)
    )
    most = max(2, int((frame.right - frame.left) / (widest + 10)))
    days = day_ticks(first, last, most=min(most, 12))
    words = [_month(number, when) if is_long else day(when) for number, when in enumerate(days)]
    return [frame.foot(each, scale.at(when.toordinal())) for each, when in zip(words, days, strict=True)]


def _month(number: int, when: date) -> str:
    """The year stands with the first month on the axis and with each January."""
    return year_and_month(when) if number == 0 or when.month == 1 else month(when)


def _pigment(number: int) -> int:
    return number % SERIES + 1


def _stroke(number: int) -> str:
    """Pigment and dash together: the second line differs without colour too."""
    return f"l{_pigment(number)} d{_pigment(number)}"


def _last(series: Series) -> Number | None:
    return next((value for value in reversed(series.values) if value is not None), None)


def _pieces(series: Series, places: Sequence[float]) -> list[list[tuple[float, float]]]:
    """Runs of points without a gap, as place and value."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, value in zip(places, series.values, strict=True):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x, float(value)))
    return [run for run in runs if run]


def _run(number: int, series: Series, places: Sequence[float], frame: Plot) -> list[Mark]:
    marks = []
    few = len(places) <= _DOTS
    for run in _pieces(series, places):
        points: list[Point] = [(x, frame.y.at(value)) for x, value in run]
        marks += [path(_stroke(number), polyline(points))] if len(points) > 1 else []
        marks += [circle(f"f{_pigment(number)} dot", at, 3.5) for at in points if few or len(points) == 1]
    return marks


def _band(number: int, series: Series, places: Sequence[float], frame: Plot) -> list[Mark]:
    """One standard error to both sides of a line."""
    margin = float(series.margin)
    if not margin:
        return []
    marks = []
    for run in _pieces(series, places):
        wide = run if len(run) > 1 else [(run[0][0] - 8, run[0][1]), (run[0][0] + 8, run[0][1])]
        over = [(x, frame.y.at(value + margin)) for x, value in wide]
        under = [(x, frame.y.at(value - margin)) for x, value in reversed(wide)]
        marks.append(path(f"f{_pigment(number)} band", polyline([*over, *under]) + "Z"))
    return marks
