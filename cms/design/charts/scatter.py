"""What each side got: a cloud of what was possible, its frontier, and numbered points on the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from .chart import NARROW, Chart, Key, Table
from .paper import Drawing, Mark, Point, circle, cloud, group, line, path, place, polyline, rect, text, turned
from .scales import Scale, ticks
from .words import SIZE, SMALL, Number, Text, figure, shortened, width

_LOOK_BELOW = 25  # per cent of the axis shown below a floor
_WORD = 22  # how near a disc may come to the height of a word
_LABEL_LIFT = 4.3  # half the height of a figure in a numbered disc


@dataclass(frozen=True, slots=True)
class Axis:
    """One side's gain: what is written along it, and the floor below which that side leaves."""

    title: Text
    floor: Number | None = None
    floor_name: Text = ""
    highest: Number = 100
    kind: str = ""  # a class that colours its words, such as `c-party-a`


@dataclass(frozen=True, slots=True)
class Spot:
    """A numbered point: what it is worth on both axes, whether it is the one that counts, and whether the way
    leads through it."""

    label: Text
    x: Number
    y: Number
    is_key: bool = False
    on_path: bool = True


@dataclass(frozen=True, slots=True)
class SpotWords:
    """How the marks of this chart are called; an empty word leaves its mark out of the legend."""

    spots: Text = ""
    key: Text = ""
    frontier: Text = ""
    zone: Text = ""
    mark: Text = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The edges of the drawing on its paper, the size of a numbered disc, and both scales."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    disc: float
    x: Scale
    y: Scale

    def at(self, x: Number, y: Number) -> Point:
        """The place of a pair of values."""
        return self.x.at(x), self.y.at(y)

    def shows(self, point: tuple[Number, Number]) -> bool:
        """Whether a pair of values lies on the drawing, and not only on its edge."""
        return self.x.low <= point[0] <= self.x.high and self.y.low <= point[1] <= self.y.high


@dataclass(frozen=True, kw_only=True)
class ScatterChart(Chart):
    """Two gains against each other. The field over both floors is tinted; `mark` is one diamond."""

    x: Axis
    y: Axis
    cloud: Sequence[tuple[Number, Number]] = ()
    frontier: Sequence[tuple[Number, Number]] = ()
    spots: Sequence[Spot] = ()
    mark: tuple[Number, Number] | None = None
    words: SpotWords = SpotWords()

    @property
    def has_data(self) -> bool:
        return bool(self.cloud or self.frontier or self.spots)

    @property
    def legend(self) -> list[Key]:
        keys = [
            (bool(self.spots), [circle("pz-offer", (8, 6), 5)], self.words.spots),
            (bool(self.frontier), [path("pz-front", "M0 3Q12 3 16 12")], self.words.frontier),
            (self._has_zone, [rect("pz-zone", 0, 0, 16, 12)], self.words.zone),
            (self.mark is not None, [path("pz-mark", "M8 0l6 6-6 6-6-6Z")], self.words.mark),
        ]
        return [Key(marks, word) for is_there, marks, word in keys if is_there and word]

    @property
    def table(self) -> Table:
        head = (pgettext_lazy("chart", "Point"), self.x.title, self.y.title)
        return Table(head, [(self._named(each), figure(each.x), figure(each.y)) for each in self.spots])

    def draw(self, sheet: float) -> Drawing:
        laid = self._laid(sheet)
        marks = [*self._zone(laid), *_grid(laid)]
        marks.append(path("pz-cloud", cloud(laid.at(*point) for point in self.cloud if laid.shows(point))))
        front = [laid.at(*point) for point in self.frontier if laid.shows(point)]
        marks += [path("pz-front", polyline(front))] if len(front) > 1 else []
        marks += [*self._titles(laid), *self._floors(laid), *self._diamond(laid), *self._spots(laid)]
        return Drawing(laid.width, laid.height, [mark for mark in marks if mark.at.get("d") != ""])

    @property
    def _has_zone(self) -> bool:
        return self.x.floor is not None and self.y.floor is not None

    def _named(self, spot: Spot) -> str:
        return f"{spot.label} {self.words.key}".strip() if spot.is_key else str(spot.label)

    def _laid(self, sheet: float) -> Sheet:
        narrow = sheet <= NARROW
        left, top, right, bottom = (30.0, 28.0, sheet - 8, 286.0) if narrow else (44.0, 14.0, sheet - 12, 424.0)
        x, y = (
            Scale(
                *_span(axis, [getattr(each, name) for each in self.spots], [point[n] for point in self.frontier]), *ends
            )
            for n, (axis, name, ends) in enumerate(((self.x, "x", (left, right)), (self.y, "y", (bottom, top))))
        )
        return Sheet(sheet, bottom + (50 if narrow else 46), left, top, right, bottom, 9 if narrow else 11, x, y)

    def _zone(self, laid: Sheet) -> list[Mark]:
        """The field where both sides would rather sign than leave."""
        if self.x.floor is None or self.y.floor is None:
            return []
        left, foot = laid.at(self.x.floor, self.y.floor)
        return [rect("pz-zone", left, laid.top, laid.right - left, foot - laid.top)]

    def _titles(self, laid: Sheet) -> list[Mark]:
        room = laid.right - laid.left
        across = shortened(_("%(title)s →") % {"title": self.x.title}, room)
        marks = [text(across, (laid.left + laid.right) / 2, laid.height - 6, f"t-mid {self.x.kind}".strip())]
        if laid.width <= NARROW:
            up = shortened(_("↑ %(title)s") % {"title": self.y.title}, laid.width)
            return [*marks, text(up, 0, 14, self.y.kind)]
        up = shortened(_("%(title)s →") % {"title": self.y.title}, laid.bottom - laid.top)
        return [*marks, turned(up, 10, (laid.top + laid.bottom) / 2, f"t-mid {self.y.kind}".strip())]

    def _floors(self, laid: Sheet) -> list[Mark]:
        marks = []
        if self.x.floor is not None:
            x = laid.x.at(self.x.floor)
            marks.append(line("pz-walk", (x, laid.bottom), (x, laid.top)))
            marks.append(
                turned(self.x.floor_name, max(x - 5, laid.left + SMALL), laid.bottom - 8, f"t-sm halo {self.x.kind}")
            )
        if self.y.floor is not None:
            y = laid.y.at(self.y.floor)
            marks.append(line("pz-walk", (laid.left, y), (laid.right, y)))
            words = shortened(self.y.floor_name, laid.right - laid.left - 12, SMALL)
            marks.append(text(words, laid.left + 6, y - 6, f"t-sm halo {self.y.kind}"))
        return marks

    def _diamond(self, laid: Sheet) -> list[Mark]:
        if self.mark is None:
            return []
        x, y = laid.at(*self.mark)
        return [path("pz-mark", f"M{place(x)} {place(y - 6)}l6 6-6 6-6-6Z", str(self.words.mark))]

    def _spots(self, laid: Sheet) -> list[Mark]:
        """The way through the points, then the points on it, the one that counts with a ring."""
        way = [laid.at(each.x, each.y) for each in self.spots if each.on_path]
        marks = [path("pz-path", polyline(way))] if len(way) > 1 else []
        for each in self.spots:
            marks += self._spot(each, laid)
        return marks

    def _spot(self, spot: Spot, laid: Sheet) -> list[Mark]:
        x, y = laid.at(spot.x, spot.y)
        number = text(spot.label, x, y + _LABEL_LIFT, "pz-n")
        says = f"{self._named(spot)}: {figure(spot.x)} / {figure(spot.y)}"
        if not spot.is_key:
            return [group("pt", [circle("pz-offer", (x, y), laid.disc), number], says)]
        discs = [circle("pz-ring", (x, y), laid.disc + 4), circle("pz-offer pz-deal", (x, y), laid.disc), number]
        return [group("pt", discs, says), *self._key_word(x, y, laid)]

    def _key_word(self, x: float, y: float, laid: Sheet) -> list[Mark]:
        """The word beside the ringed disc, on the first side where it covers nothing: left, right, or under it."""
        room, off = width(self.words.key), laid.disc + 10
        others = [laid.at(each.x, each.y) for each in self.spots if not each.is_key]
        others += [laid.at(*self.mark)] if self.mark else []
        for start, kind in ((x - off - room, "t-strong t-end halo"), (x + off, "t-strong halo")):
            is_free = not any(start - 12 < px < start + room + 12 and abs(py - y) < _WORD for px, py in others)
            if is_free and laid.left < start and start + room < laid.right:
                return [text(self.words.key, start + room if "t-end" in kind else start, y - 6, kind)]
        return [text(self.words.key, x, min(y + off + SIZE, laid.bottom), "t-strong t-mid halo")]


def _grid(laid: Sheet) -> list[Mark]:
    marks = []
    for value in ticks(laid.x.low, laid.x.high, most=5):
        if value <= laid.x.high:
            marks.append(line("grid", (laid.x.at(value), laid.top), (laid.x.at(value), laid.bottom)))
            marks.append(text(figure(value), laid.x.at(value), laid.bottom + 18, "t-mid t-sm"))
    for value in ticks(laid.y.low, laid.y.high, most=5):
        if value <= laid.y.high:
            marks.append(line("grid", (laid.left, laid.y.at(value)), (laid.right, laid.y.at(value))))
            marks.append(text(figure(value), laid.left - 6, laid.y.at(value) + 4.5, "t-end t-sm"))
    return marks


def _span(axis: Axis, values: Sequence[Number], front: Sequence[Number]) -> tuple[float, float]:
    """Where an axis begins and ends: well below the floor, and with every numbered point on the sheet."""
    high = max(float(each) for each in (axis.highest, *values, *front))
    floor = float(axis.floor) - float(axis.highest) * _LOOK_BELOW / 100 if axis.floor is not None else 0.0
    low = min([floor, *(float(each) for each in values)])
    low = min(max(low, 0.0), *(float(each) for each in values), high) if values else max(low, 0.0)
    return ticks(low, high)[0], high
