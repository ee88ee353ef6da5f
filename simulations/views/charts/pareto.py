"""What each side got: the cloud of possible deals, their frontier, and one's own offers on the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .scale import Mark, Point, Scale, dots, place, polyline

_STEP = 20
_LOOK_BELOW = 25
_ROOM = 46  # units that the word beside the deal takes
_LABEL_LIFT = 4.3  # half the height of a figure in a numbered disc


@dataclass(frozen=True, slots=True)
class Side:
    """One axis: whose gain it is, and below which value that side leaves the table."""

    name: str
    walk_away: float


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that was put on the table, with what it was worth to the two sides (0 to 100)."""

    label: str
    a: float
    b: float
    is_deal: bool = False
    on_path: bool = True


@dataclass(frozen=True, slots=True)
class Land:
    """What was possible: sampled outcomes, the frontier from left to right, and the fair point on it."""

    cloud: Sequence[Point]
    frontier: Sequence[Point]
    nash: Point | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper: its size, the drawing's edges in it, and how large a numbered disc is."""

    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int
    disc: int
    kind: str


WIDE = Sheet(640, 470, 44, 14, 628, 424, 11, "wide-only")
NARROW = Sheet(328, 336, 30, 28, 320, 286, 9, "narrow-only")


@dataclass(frozen=True, slots=True)
class Disc:
    """One numbered disc."""

    x: str
    y: str
    text_y: str
    label: str
    is_deal: bool


@dataclass(frozen=True, slots=True)
class ParetoPlot:
    """Everything the template writes down; colours are classes there."""

    sheet: Sheet
    zone: tuple[str, str, str, str]
    grid: list[str]
    cloud: str
    frontier: str
    walks: list[str]
    nash: str
    path: str
    discs: list[Disc]
    marks: list[Mark] = field(default_factory=list)
    ring: int = 0


def _span(walk_away: float, values: Sequence[float]) -> tuple[int, float]:
    """Where an axis begins and ends: well below the walk-away, and with every offer on the sheet."""
    low = max(0, int(min([walk_away - _LOOK_BELOW, *values]) // _STEP * _STEP))
    return low, max(100, *values) if values else 100


def _within(points: Sequence[Point], x: Scale, y: Scale) -> list[Point]:
    return [(p, q) for p, q in points if p >= x.low and q >= y.low]


def _axis(x: Scale, y: Scale, sheet: Sheet) -> tuple[list[str], list[Mark]]:
    lines, marks = [], []
    for value in range(int(x.low), 101, _STEP):
        lines.append(f"M{x.place(value)} {sheet.top}V{sheet.bottom}")
        marks.append(Mark(x.place(value), str(sheet.bottom + 18), str(value), "t-mid"))
    for value in range(int(y.low), 101, _STEP):
        lines.append(f"M{sheet.left} {y.place(value)}H{sheet.right}")
        marks.append(Mark(str(sheet.left - 6), place(y.at(value) + 4.5), str(value), "t-end"))
    return lines, marks


def _titles(a: Side, b: Side, sheet: Sheet) -> list[Mark]:
    middle = (sheet.left + sheet.right) / 2
    across = _("Worth to %(name)s →") % {"name": a.name}
    across_mark = Mark(place(middle), str(sheet.height - 6), across, "t-mid c-party-a")
    if sheet is NARROW:
        return [across_mark, Mark("0", "14", _("↑ Worth to %(name)s") % {"name": b.name}, "c-party-b")]
    up = _("Worth to %(name)s →") % {"name": b.name}
    height = place((sheet.top + sheet.bottom) / 2)
    return [across_mark, Mark("10", height, up, "t-mid c-party-b", turned=True)]


def _walk_marks(a: Side, b: Side, x: Scale, y: Scale, sheet: Sheet) -> list[Mark]:
    words = _("%(name)s leaves below %(value)s")
    at_a = words % {"name": a.name, "value": round(a.walk_away)}
    at_b = words % {"name": b.name, "value": round(b.walk_away)}
    return [
        Mark(place(x.at(a.walk_away) - 5), str(sheet.bottom - 8), at_a, "t-sm c-party-a", turned=True),
        Mark(str(sheet.left + 6), place(y.at(b.walk_away) - 6), at_b, "t-sm c-party-b"),
    ]


def _deal_mark(offers: Sequence[Offer], x: Scale, y: Scale, sheet: Sheet) -> list[Mark]:
    """The word beside the ringed disc: on the open side of the frontier where there is room for it."""
    marks = []
    for offer in offers:
        if offer.is_deal:
            at, up = x.at(offer.a), y.at(offer.b)
            if at + sheet.disc + _ROOM < sheet.right:
                marks.append(
                    Mark(place(at + sheet.disc + 10), place(up - 6), pgettext("simulation", "Deal"), "t-strong")
                )
            else:
                marks.append(
                    Mark(place(at), place(up + sheet.disc + 20), pgettext("simulation", "Deal"), "t-strong t-mid")
                )
    return marks


def draw(a: Side, b: Side, land: Land, offers: Sequence[Offer], sheet: Sheet) -> ParetoPlot:
    """Lay the plot out on `sheet`."""
    tops = [max((point[n] for point in land.frontier), default=100) for n in (0, 1)]
    low_x, high_x = _span(a.walk_away, [tops[0], *(o.a for o in offers)])
    low_y, high_y = _span(b.walk_away, [tops[1], *(o.b for o in offers)])
    x = Scale(low_x, high_x, sheet.left, sheet.right)
    y = Scale(low_y, high_y, sheet.bottom, sheet.top)
    grid, marks = _axis(x, y, sheet)
    left, floor = x.at(a.walk_away), y.at(b.walk_away)
    ways = [(x.at(o.a), y.at(o.b)) for o in offers]
    path = [way for way, offer in zip(ways, offers, strict=True) if offer.on_path]
    cloud, frontier = _within(land.cloud, x, y), _within(land.frontier, x, y)
    return ParetoPlot(
        sheet=sheet,
        zone=(place(left), str(sheet.top), place(sheet.right - left), place(floor - sheet.top)),
        grid=grid,
        cloud=dots((x.at(p), y.at(q)) for p, q in cloud),
        frontier=polyline((x.at(p), y.at(q)) for p, q in frontier) if frontier else "",
        walks=[f"M{place(left)} {sheet.bottom}V{sheet.top}", f"M{sheet.left} {place(floor)}H{sheet.right}"],
        nash=f"M{x.place(land.nash[0])} {place(y.at(land.nash[1]) - 6)}l6 6-6 6-6-6Z" if land.nash else "",
        path=polyline(path) if len(path) > 1 else "",
        discs=[
            Disc(place(px), place(py), place(py + _LABEL_LIFT), o.label, o.is_deal)
            for (px, py), o in zip(ways, offers, strict=True)
        ],
        marks=[*marks, *_titles(a, b, sheet), *_walk_marks(a, b, x, y, sheet), *_deal_mark(offers, x, y, sheet)],
        ring=sheet.disc + 4,
    )
