"""Where the marks of a drawing lie, and what its words are."""

import re
from collections.abc import Iterator

from cms.design.charts.paper import Drawing, Mark
from cms.design.charts.words import SIZE, SMALL, width

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_HALF_PIXEL = 0.6
_RISE = 0.85  # of the type size, over the line that words stand on


def flat(marks: object) -> Iterator[Mark]:
    """Every mark, those in groups too."""
    for mark in marks:
        yield mark
        yield from flat(mark.inside)


def marks_of(drawing: Drawing, kind: str, tag: str = "") -> list[Mark]:
    """The marks of one class."""
    found = [mark for mark in flat(drawing.marks) if kind in mark.kind.split()]
    return [mark for mark in found if not tag or mark.tag == tag]


def words_of(drawing: Drawing) -> list[str]:
    """Every word that is set on the sheet."""
    return [str(mark.text) for mark in flat(drawing.marks) if mark.tag == "text"]


def points_of(d: str) -> list[tuple[float, float]]:
    """The points that an absolute path of M, L, H and V goes through; relative steps end it."""
    points, x, y = [], 0.0, 0.0
    for letter, rest in _STEP.findall(d):
        numbers = [float(each) for each in _NUMBER.findall(rest)]
        if letter in "ML":
            x, y = numbers[:2]
        elif letter == "H":
            x = numbers[0]
        elif letter == "V":
            y = numbers[0]
        elif letter == "A":
            x, y = numbers[-2:]
        points.append((x, y))
    return points


def boxes_of(drawing: Drawing) -> Iterator[tuple[Mark, float, float, float, float]]:
    """Left, top, right and bottom of every mark that is not turned."""
    for mark in flat(drawing.marks):
        box = _box(mark)
        if box:
            yield mark, *box


def off_the_sheet(drawing: Drawing) -> list[tuple[str, str]]:
    """Marks that stick out of their sheet, as element and words or class."""
    return [
        (mark.tag, str(mark.text) or mark.kind)
        for mark, left, top, right, bottom in boxes_of(drawing)
        if min(left, top) < -_HALF_PIXEL or right > drawing.width + _HALF_PIXEL or bottom > drawing.height + _HALF_PIXEL
    ]


def _box(mark: Mark) -> tuple[float, float, float, float] | None:
    at = mark.at
    if mark.tag == "rect":
        return at["x"], at["y"], at["x"] + at["width"], at["y"] + at["height"]
    if mark.tag == "circle":
        return at["cx"] - at["r"], at["cy"] - at["r"], at["cx"] + at["r"], at["cy"] + at["r"]
    if mark.tag == "text" and "x" in at:
        return _words_box(mark)
    if mark.tag == "path":
        xs, ys = zip(*points_of(at["d"]), strict=True)
        return min(xs), min(ys), max(xs), max(ys)
    return None


def _words_box(mark: Mark) -> tuple[float, float, float, float]:
    size = SMALL if "t-sm" in mark.kind or "pz-n" in mark.kind else SIZE
    room = width(mark.text, size)
    x, y = mark.at["x"], mark.at["y"]
    left = x - room / 2 if "t-mid" in mark.kind or "pz-n" in mark.kind else x - room if "t-end" in mark.kind else x
    return left, y - size * _RISE, left + room, y
