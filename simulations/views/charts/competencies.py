"""What one can do: a figure with one corner for each competency."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from .scale import Mark, Point, place, polyline

WIDTH, HEIGHT = 344, 322
_CENTRE: Point = (172, 160)
_RADIUS = 108.0
_RINGS = (25, 50, 75, 100)
_LINE = 15
_LONG = 12
_MIDDLE = 0.2  # how far from upright a spoke may stand for its word to be centred


@dataclass(frozen=True, slots=True)
class Corner:
    """One competency: its name and what was reached of 100."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Radar:
    """The rings and spokes, the line through the values, and the words around them."""

    width: int
    height: int
    rings: list[str]
    spokes: str
    shape: str
    dots: list[tuple[str, str]]
    marks: list[Mark]


def _spoke(number: int, count: int, length: float) -> Point:
    angle = 2 * pi * number / count - pi / 2
    return _CENTRE[0] + cos(angle) * length, _CENTRE[1] + sin(angle) * length


def _ring(count: int, share: float) -> str:
    return polyline(_spoke(n, count, _RADIUS * share) for n in range(count)) + "Z"


def _lines(name: str) -> list[str]:
    """A long name in Latin letters takes two lines."""
    first, space, rest = name.partition(" ")
    return [first, rest] if space and len(name) > _LONG else [name]


def _words(number: int, corner: Corner, count: int) -> list[Mark]:
    x, y = _spoke(number, count, _RADIUS + 16)
    aside = x - _CENTRE[0]
    kind = "t-mid" if abs(aside) < _MIDDLE * _RADIUS else ("t-end" if aside < 0 else "")
    lines = [*_lines(corner.name), str(round(corner.value))]
    lift = 1 - _LINE * (len(lines) - 1) if y < _CENTRE[1] - _RADIUS * 0.6 else 4
    kinds = [*[kind] * (len(lines) - 1), f"{kind} t-strong".strip()]
    return [
        Mark(place(x), place(y + lift + _LINE * n), line, each)
        for n, (line, each) in enumerate(zip(lines, kinds, strict=True))
    ]


def draw(corners: Sequence[Corner]) -> Radar | None:
    """Lay the figure out; with fewer than three corners there is none to draw."""
    count = len(corners)
    if count < 3:
        return None
    points = [_spoke(n, count, _RADIUS * corner.value / 100) for n, corner in enumerate(corners)]
    ends = [_spoke(n, count, _RADIUS) for n in range(count)]
    centre = f"M{place(_CENTRE[0])} {place(_CENTRE[1])}"
    return Radar(
        width=WIDTH,
        height=HEIGHT,
        rings=[_ring(count, ring / 100) for ring in _RINGS],
        spokes="".join(f"{centre}L{place(x)} {place(y)}" for x, y in ends),
        shape=polyline(points) + "Z",
        dots=[(place(x), place(y)) for x, y in points],
        marks=[mark for n, corner in enumerate(corners) for mark in _words(n, corner, count)],
    )
