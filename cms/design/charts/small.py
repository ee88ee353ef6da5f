"""Small ones that stand in a line of words or in a cell: a ring, a sparkline, a score with its band."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.translation import gettext as _

from .paper import Drawing, circle, line, path, place, polyline, rect, text
from .scales import Scale, Slots, domain
from .words import Number, Text, figure, width

_RING, _RADIUS = 64.0, 28.0
_MUCH = 1000  # per cent; more has no room in the middle
_SPARK = (112.0, 28.0)
_BAND = (300.0, 46.0)


@dataclass(frozen=True, kw_only=True)
class RingChart:
    """A share of a whole, with its per cent in the middle. Over the whole it stays full and says the number."""

    value: Number
    whole: Number
    label: Text
    series: int = 1

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: a ring that says 100 is full."""
        return int(float(self.value) * 100 / float(self.whole) + 1e-9) if self.whole else 100

    @property
    def says(self) -> str:
        """The ring in words."""
        return _("%(label)s: %(percent)s%%") % {"label": self.label, "percent": self.percent}

    @property
    def drawing(self) -> Drawing:
        middle = _RING / 2
        share = max(0.0, min(self.percent / 100, 1.0))
        marks = [circle("ring-track", (middle, middle), _RADIUS)]
        if share >= 1:
            marks.append(circle(f"ring-on l{self.series}", (middle, middle), _RADIUS))
        elif share > 0:
            marks.append(path(f"ring-on l{self.series}", _arc(middle, share)))
        said = f"{self.percent}%" if self.percent < _MUCH else f">{_MUCH - 1}%"
        return Drawing(_RING, _RING, [*marks, text(said, middle, middle + 5, "t-strong t-mid")])


def _arc(middle: float, share: float) -> str:
    angle = 2 * pi * share
    x, y = middle + sin(angle) * _RADIUS, middle - cos(angle) * _RADIUS
    large = 1 if share > 0.5 else 0
    start = f"M{place(middle)} {place(middle - _RADIUS)}"
    return f"{start}A{place(_RADIUS)} {place(_RADIUS)} 0 {large} 1 {place(x)} {place(y)}"


@dataclass(frozen=True, kw_only=True)
class Sparkline:
    """The run of a few values without axes; the last one stands beside it as a figure."""

    values: Sequence[Number]
    label: Text
    unit: Text = ""

    @property
    def says(self) -> str:
        """First, last, lowest and highest in words; or that there is nothing."""
        if not self.values:
            return _("%(label)s: no values yet") % {"label": self.label}
        found = {
            "first": self.values[0],
            "last": self.values[-1],
            "low": min(self.values),
            "high": max(self.values),
        }
        words = {name: figure(value, self.unit) for name, value in found.items()}
        return _("%(label)s: from %(first)s to %(last)s, lowest %(low)s, highest %(high)s") % {
            "label": self.label,
            **words,
        }

    @property
    def drawing(self) -> Drawing:
        width_, height = _SPARK
        if not self.values:
            return Drawing(width_, height, [line("grid", (0, height / 2), (width_, height / 2))])
        said = figure(self.values[-1], self.unit)
        right = width_ - min(width(said) + 8, width_ / 2)
        low, high = domain(self.values, zero=False)
        y, slots = Scale(low, high, height - 5, 5), Slots(len(self.values), 4, right - 4)
        points = [(slots.along(n), y.at(value)) for n, value in enumerate(self.values)]
        marks = [path("l1", polyline(points))] if len(points) > 1 else []
        marks.append(circle("f1", points[-1], 3))
        return Drawing(width_, height, [*marks, text(said, width_, height / 2 + 4.5, "t-strong t-end")])


@dataclass(frozen=True, kw_only=True)
class ScoreBand:
    """A score as a place on a line, with a band of one standard error of measurement and the pass line."""

    score: Number
    error: Number
    pass_mark: Number
    highest: Number = 100

    @property
    def low(self) -> int:
        """Lower end of the band, never under nought."""
        return round(max(float(self.score) - float(self.error), 0))

    @property
    def high(self) -> int:
        """Upper end of the band, never over what can be reached."""
        return round(min(float(self.score) + float(self.error), float(self.highest)))

    @property
    def says(self) -> str:
        """The band in words."""
        score, mark = figure(round(self.score)), figure(self.pass_mark)
        values = {"score": score, "low": self.low, "high": self.high, "mark": mark}
        return _("%(score)s points, credible from %(low)s to %(high)s, pass line %(mark)s") % values

    @property
    def drawing(self) -> Drawing:
        wide, high = _BAND
        x = Scale(0, float(self.highest), 8, wide - 8)
        words = _("pass line %(mark)s") % {"mark": figure(self.pass_mark)}
        passing, half = x.at(self.pass_mark), width(words) / 2
        start, end = (x.at(float(self.score) + sign * float(self.error)) for sign in (-1, 1))
        marks = [
            rect("track", 0, 10, wide, 8),
            rect("sb-band", start, 10, end - start, 8),
            line("sb-pass", (passing, 4), (passing, 24)),
            circle("sb-dot", (x.at(self.score), 14), 7),
            text("0", 0, 42),
            text(words, min(max(passing, half + 16), wide - half - 34), 42, "t-mid"),
            text(figure(self.highest), wide, 42, "t-end"),
        ]
        return Drawing(wide, high, marks)
