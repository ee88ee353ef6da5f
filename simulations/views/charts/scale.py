"""From values to places on a sheet: every figure below draws with these."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]


def place(number: float) -> str:
    """A coordinate to one tenth of a unit, without a trailing zero and never in a language's own digits."""
    text = f"{number:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from the values `low…high` to the places `start…end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of `value`; what lies outside is set down on the edge."""
        held = min(max(value, self.low), self.high)
        return self.start + (held - self.low) / ((self.high - self.low) or 1) * (self.end - self.start)

    def place(self, value: float) -> str:
        """The place of `value`, as it is written in the drawing."""
        return place(self.at(value))


def polyline(points: Iterable[Point]) -> str:
    """A path through `points`."""
    return "M" + "L".join(f"{place(x)} {place(y)}" for x, y in points)


def staircase(points: Sequence[Point]) -> str:
    """A path that keeps its height until the next point, for what is spent at once."""
    (x, y), rest = points[0], points[1:]
    return f"M{place(x)} {place(y)}" + "".join(f"H{place(px)}V{place(py)}" for px, py in rest)


def dots(points: Iterable[Point]) -> str:
    """A path of round dots: one element for a whole cloud."""
    return "".join(f"M{place(x)} {place(y)}h.01" for x, y in points)


@dataclass(frozen=True, slots=True)
class Mark:
    """A word on the sheet: where, what, and the classes that set and colour it."""

    x: str
    y: str
    text: str
    kind: str = ""
    turned: bool = False
