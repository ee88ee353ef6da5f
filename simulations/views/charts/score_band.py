"""The score as a place on a line: a band for the luck of one attempt, and the pass line."""

from dataclasses import dataclass
from decimal import Decimal

from .scale import Scale, place

WIDTH, HEIGHT = 300, 46
_ROOM_FOR_WORDS = 34


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """Places along the line, as they are written into the drawing."""

    width: int
    height: int
    score: str
    low: str
    high: str
    passing: str
    passing_word: str
    low_value: int
    high_value: int


def draw(total: Decimal, *, pass_mark: Decimal, error: Decimal) -> ScoreBand:
    """Lay out `total` with one standard error of measurement on each side of it."""
    x = Scale(0, 100, 0, WIDTH)
    low, high = max(total - error, Decimal(0)), min(total + error, Decimal(100))
    word = min(max(x.at(float(pass_mark)), _ROOM_FOR_WORDS + 10), WIDTH - _ROOM_FOR_WORDS - 28)
    return ScoreBand(
        width=WIDTH,
        height=HEIGHT,
        score=x.place(float(total)),
        low=x.place(float(low)),
        high=x.place(float(high)),
        passing=x.place(float(pass_mark)),
        passing_word=place(word),
        low_value=round(low),
        high_value=round(high),
    )
