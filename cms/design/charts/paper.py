"""What a drawing is made of: marks with geometry as attributes and colour by class."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .words import SIZE, Text

Point = tuple[float, float]
Value = str | float


def place(number: float) -> str:
    """A coordinate to one tenth of a unit, without a trailing zero and never in a language's own digits."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


@dataclass(frozen=True, slots=True)
class Mark:
    """One element: what it is, the class that colours it, where it is, what it says."""

    tag: str
    kind: str = ""
    at: dict[str, Value] = field(default_factory=dict)
    text: Text = ""
    says: Text = ""  # shown where the pointer rests
    inside: tuple["Mark", ...] = ()

    def written(self) -> SafeString:
        """The element as SVG."""
        values = {"class": self.kind} if self.kind else {}
        values |= {name: value if isinstance(value, str) else place(value) for name, value in self.at.items()}
        inner = format_html_join("", "{}", ((each.written(),) for each in self.inside))
        title = format_html("<title>{}</title>", self.says) if self.says else ""
        attributes = format_html_join("", ' {}="{}"', values.items())
        return format_html("<{}{}>{}{}{}</{}>", self.tag, attributes, title, inner, self.text, self.tag)


@dataclass(frozen=True, slots=True)
class Drawing:
    """One sheet with everything on it."""

    width: float
    height: float
    marks: Sequence[Mark]
    kind: str = ""

    @property
    def view_box(self) -> str:
        """The sheet's own coordinates."""
        return f"0 0 {place(self.width)} {place(self.height)}"

    @property
    def body(self) -> SafeString:
        """All marks as SVG, in the order in which they cover each other."""
        return format_html_join("", "{}", ((mark.written(),) for mark in self.marks))


def path(kind: str, d: str, says: Text = "") -> Mark:
    return Mark("path", kind, {"d": d}, says=says)


def line(kind: str, start: Point, end: Point) -> Mark:
    return path(kind, polyline([start, end]))


def limit_line(start: Point, end: Point) -> list[Mark]:
    """A dashed line that stays visible over everything it crosses."""
    return [line("limit-under", start, end), line("limit", start, end)]


def rect(kind: str, x: float, y: float, width: float, height: float, says: Text = "") -> Mark:
    return Mark("rect", kind, {"x": x, "y": y, "width": max(width, 0), "height": max(height, 0)}, says=says)


def circle(kind: str, at: Point, r: float, says: Text = "") -> Mark:
    return Mark("circle", kind, {"cx": at[0], "cy": at[1], "r": r}, says=says)


def text(words: Text, x: float, y: float, kind: str = "", says: Text = "") -> Mark:
    return Mark("text", kind, {"x": x, "y": y}, text=words, says=says)


def turned(words: Text, x: float, y: float, kind: str = "") -> Mark:
    """Words that run upwards."""
    return Mark("text", kind, {"transform": f"translate({place(x)} {place(y)}) rotate(-90)"}, text=words)


def stacked(lines: Sequence[Text], x: float, y: float, kind: str = "", says: Text = "") -> list[Mark]:
    """Lines of words one under the other, the first on the height `y`."""
    return [text(each, x, y + (SIZE + 3) * number, kind, says) for number, each in enumerate(lines)]


def group(kind: str, marks: Iterable[Mark], says: Text = "") -> Mark:
    return Mark("g", kind, says=says, inside=tuple(marks))


def polyline(points: Iterable[Point]) -> str:
    """A path through `points`."""
    return "M" + "L".join(f"{place(x)} {place(y)}" for x, y in points)


def staircase(points: Sequence[Point]) -> str:
    """A path that keeps its height until the next point, for what is spent at once."""
    (x, y), rest = points[0], points[1:]
    return f"M{place(x)} {place(y)}" + "".join(f"H{place(px)}V{place(py)}" for px, py in rest)


def cloud(points: Iterable[Point]) -> str:
    """A path of round dots: one element for a whole cloud."""
    return "".join(f"M{place(x)} {place(y)}h.01" for x, y in points)
