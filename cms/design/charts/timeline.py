"""How the days went: stages as bands, and under them lanes of curves, of stairs, and of moments."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from .chart import NARROW, SERIES, Chart, Key, Table
from .paper import Drawing, Mark, circle, group, line, path, place, polyline, rect, stacked, staircase, text
from .scales import Scale, domain, ticks
from .words import SIZE, SMALL, Number, Text, figure, width, wrapped

Run = Sequence[tuple[Number, Number]]
_BANDS = 32.0  # over the lanes, for the names of stages
_LANE = {"curves": 96.0, "stairs": 58.0, "moments": 26.0}
_BETWEEN = 22.0
_FOOT = 30.0
_SIDE = 74.0
_MARGIN = 46.0  # for the name of a lane, left of its scale


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of days with its name."""

    name: Text
    start: Number
    end: Number


@dataclass(frozen=True, slots=True)
class Curves:
    """A lane of curves on one scale, as name and points."""

    name: Text
    curves: Sequence[tuple[Text, Run]]
    low: Number = 0
    high: Number = 100


@dataclass(frozen=True, slots=True)
class Stairs:
    """A lane for what is spent at once and stays until it is spent again."""

    name: Text
    unit: Text
    points: Run


@dataclass(frozen=True, slots=True)
class Moments:
    """A lane of moments, as name of the kind, shape (`dot`, `ring`, `tick`, `peak`) and days."""

    name: Text
    kinds: Sequence[tuple[Text, str, Sequence[Number]]]


Lane = Curves | Stairs | Moments


@dataclass(frozen=True, slots=True)
class Strip:
    """Where one lane lies on its sheet."""

    lane: Lane
    top: float
    bottom: float
    x: Scale
    left: float
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class TimelineChart(Chart):
    """`days` are numbered from nought; lanes lie under each other in their order."""

    days: Number
    stages: Sequence[Stage] = ()
    lanes: Sequence[Lane] = ()

    @property
    def has_data(self) -> bool:
        return bool(self.lanes) and float(self.days) > 0

    @property
    def legend(self) -> list[Key]:
        return [key for lane in self.lanes for key in _keys(lane, self.lanes)]

    @property
    def table(self) -> Table:
        head = (pgettext_lazy("chart", "Name"), pgettext_lazy("chart", "Days and values"))
        return Table(head, [row for lane in self.lanes for row in _rows(lane)])

    def draw(self, sheet: float) -> Drawing:
        narrow = sheet <= NARROW
        left, right = (6.0, sheet - 10) if narrow else (self._side_room, sheet - 14)
        x = Scale(0, float(self.days), left, right)
        strips, foot = self._strips(x, left, narrow)
        marks = [*self._bands(x, foot)]
        for strip in strips:
            marks += _drawn(strip)
            marks += [] if narrow else _side(strip)
        return Drawing(sheet, foot + _FOOT, [*marks, *self._foot(x, foot)], "timeline-plot")

    @property
    def _side_room(self) -> float:
        """Left of the lanes, for their names, scales and units."""
        units = [width(lane.unit, SMALL) for lane in self.lanes if isinstance(lane, Stairs)]
        return max(_SIDE, *(each + 10 for each in units), _SIDE)

    def _strips(self, x: Scale, left: float, narrow: bool) -> tuple[list[Strip], float]:
        at, strips = _BANDS + 8, []
        for lane in self.lanes:
            height = _LANE[_kind(lane)]
            strips.append(Strip(lane, at, at + height, x, left))
            at += height + (_BETWEEN if not narrow else _BETWEEN - 6)
        return strips, at - 8

    def _bands(self, x: Scale, foot: float) -> list[Mark]:
        marks = []
        for number, stage in enumerate(self.stages):
            start, end = x.at(stage.start), x.at(stage.end)
            says = _("%(title)s: %(description)s") % {"title": stage.name, "description": _span(stage)}
            marks.append(rect(f"tl-band{number % 2}", start, 8, end - start, foot - 8, says))
            if width(stage.name, SMALL) + 4 < end - start:
                marks.append(text(stage.name, (start + end) / 2, 24, "t-mid t-sm"))
        return marks

    def _foot(self, x: Scale, foot: float) -> list[Mark]:
        last = float(self.days)
        end = pgettext("chart", "day %(day)s") % {"day": figure(last)}
        free = x.end - width(end, SMALL) - 16
        inner = [value for value in ticks(0, last, most=6)[1:] if x.at(value) < free]
        return [
            line("axis", (x.start, foot), (x.end, foot)),
            text(pgettext("chart", "day 0"), x.start, foot + 18, "t-sm"),
            *(text(figure(value), x.at(value), foot + 18, "t-mid t-sm") for value in inner),
            text(end, x.end, foot + 18, "t-end t-sm"),
        ]


def _span(stage: Stage) -> str:
    return pgettext("chart", "days %(start)s–%(end)s") % {"start": figure(stage.start), "end": figure(stage.end)}


def _kind(lane: Lane) -> str:
    return {Curves: "curves", Stairs: "stairs", Moments: "moments"}[type(lane)]


def _drawn(strip: Strip) -> list[Mark]:
    lane = strip.lane
    if isinstance(lane, Curves):
        return _curves(lane, strip)
    return _stairs(lane, strip) if isinstance(lane, Stairs) else _moments(lane, strip)


def _curves(lane: Curves, strip: Strip) -> list[Mark]:
    y = Scale(float(lane.low), float(lane.high), strip.bottom, strip.top)
    heights = [y.at(each) for each in (lane.low, (float(lane.low) + float(lane.high)) / 2, lane.high)]
    marks = [line("grid", (strip.x.start, at), (strip.x.end, at)) for at in heights]
    for number, (name, run) in enumerate(lane.curves):
        pigment = number % SERIES + 1
        points = [(strip.x.at(day), y.at(value)) for day, value in run]
        marks += [path(f"l{pigment} d{pigment}", polyline(points), str(name))] if len(points) > 1 else []
    return marks


def _stairs(lane: Stairs, strip: Strip) -> list[Mark]:
    if not lane.points:
        return []
    low, high = domain(value for _day, value in lane.points)
    y = Scale(low, high, strip.bottom, strip.top)
    points = [(strip.x.at(day), y.at(value)) for day, value in lane.points]
    drawn, floor = staircase(points), y.at(0)
    area = f"{drawn}V{place(floor)}H{place(points[0][0])}Z"
    return [path("tl-area", area), path("l6", drawn, f"{lane.name} {lane.unit}".strip())]


def _moments(lane: Moments, strip: Strip) -> list[Mark]:
    middle = (strip.top + strip.bottom) / 2
    marks = []
    for name, shape, days in lane.kinds:
        for day in days:
            says = pgettext("chart", "day %(day)s") % {"day": figure(day)}
            x = strip.x.at(day)
            marks.append(group("pt", [_moment(shape, x, middle)], f"{name}, {says}"))
    return marks


def _moment(shape: str, x: float, y: float) -> Mark:
    if shape == "tick":
        return path("tl-offer", f"M{place(x)} {place(y - 13)}v8")
    if shape == "peak":
        return path("tl-trap", f"M{place(x)} {place(y - 7)}l7 12h-14Z")
    return circle("tl-found" if shape == "dot" else "tl-miss", (x, y), 5 if shape == "dot" else 4.5)


def _side(strip: Strip) -> list[Mark]:
    """The name of a lane and its scale, left of it."""
    lane, middle = strip.lane, (strip.top + strip.bottom) / 2
    edge = strip.left - 8
    if isinstance(lane, Curves):
        values = (lane.low, (float(lane.low) + float(lane.high)) / 2, lane.high)
        y = Scale(float(lane.low), float(lane.high), strip.bottom, strip.top)
        scale = [text(figure(each), edge, y.at(each) + 4, "t-end t-sm") for each in values]
        return [*scale, *_name(lane.name, y.at(lane.high) + (strip.bottom - strip.top) / 4 + 4)]
    if isinstance(lane, Stairs):
        most = max((float(value) for _day, value in lane.points), default=0.0)
        scale = [text(figure(each), edge, at + 4, "t-end t-sm") for each, at in ((most, strip.top), (0, strip.bottom))]
        names = _name(lane.name, middle - 8)
        return [*scale, *names, text(lane.unit, 0, middle + 8 + (SIZE + 2) * (len(names) - 1), "t-sm")]
    return _name(lane.name, middle + 4.5)


def _name(name: Text, y: float) -> list[Mark]:
    """A lane's name in two lines at most, in the margin."""
    lines = wrapped(name, _MARGIN)
    return stacked(lines, 0, y, "t-strong", name if lines[-1].endswith("…") else "")


def _keys(lane: Lane, lanes: Sequence[Lane]) -> list[Key]:
    if isinstance(lane, Curves):
        return [
            Key([path(f"l{n % SERIES + 1} d{n % SERIES + 1}", "M0 6H16")], name)
            for n, (name, _run) in enumerate(lane.curves)
        ]
    if isinstance(lane, Stairs):
        return [Key([path("l6", "M0 6H16")], lane.name)]
    return [Key([_moment(shape, 8, 12 if shape == "tick" else 6)], name) for name, shape, days in lane.kinds if days]


def _rows(lane: Lane) -> list[tuple[Text, Text]]:
    if isinstance(lane, Moments):
        return [(name, ", ".join(figure(day) for day in days)) for name, _shape, days in lane.kinds if days]
    runs = lane.curves if isinstance(lane, Curves) else [(lane.name, lane.points)]
    unit = "" if isinstance(lane, Curves) else lane.unit
    return [(name, "; ".join(f"{figure(day)}: {figure(value, unit)}" for day, value in run)) for name, run in runs]
