"""From values to places: scales, ticks at round values, ticks at whole numbers, ticks at days and months."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10

from .words import Number

_ROUND = (1, 2, 5, 10)
_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_NEAR = 1e-9  # values nearer to each other than this share of their size are one


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from the values `low…high` to the places `start…end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: Number) -> float:
        """The place of `value`; what lies outside is set down on the edge."""
        held = min(max(float(value), self.low), self.high)
        return self.start + (held - self.low) / ((self.high - self.low) or 1) * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Slots:
    """Equal slots for things that have an order but no distance."""

    count: int
    start: float
    end: float

    @property
    def room(self) -> float:
        """How much each slot takes."""
        return (self.end - self.start) / max(self.count, 1)

    def middle(self, number: int) -> float:
        """The middle of a slot."""
        return self.start + self.room * (number + 0.5)

    def along(self, number: int) -> float:
        """The place of a point when the first stands at the start and the last at the end."""
        if self.count < 2:
            return (self.start + self.end) / 2
        return self.start + (self.end - self.start) * number / (self.count - 1)


def step(span: float, most: int, *, whole: bool = False) -> float:
    """The smallest round step (1, 2 or 5 times a power of ten) that cuts `span` into `most` pieces or fewer."""
    raw = span / most
    power = 10.0 ** floor(log10(raw))
    found = next((factor * power for factor in _ROUND if factor * power >= raw * (1 - 1e-9)), 10 * power)
    return max(1.0, found) if whole else found


def domain(values: Iterable[Number], *, zero: bool = True) -> tuple[float, float]:
    """Lowest and highest value, with nought among them where a length is drawn, and never of no extent."""
    found = [float(value) for value in values]
    found += [0.0] if zero or not found else []
    low, high = min(found), max(found)
    if high - low > _NEAR * (1 + abs(low) + abs(high)):
        return low, high
    if abs(low) < _NEAR:
        return 0.0, 1.0
    return low - abs(low) / 2, high + abs(high) / 2


def ticks(low: float, high: float, *, most: int = 5, whole: bool = False) -> list[float]:
    """Round values from at or under `low` to at or over `high`: an axis ends where it is written."""
    low, high = domain([low, high], zero=False)
    apart = step(high - low, most, whole=whole)
    first, last = floor(low / apart + 1e-9), ceil(high / apart - 1e-9)
    decimals = max(0, -floor(log10(apart)))
    return [round(number * apart, decimals) for number in range(first, max(last, first + 1) + 1)]


def day_ticks(first: date, last: date, *, most: int = 6) -> list[date]:
    """Days to write under an axis: every day, Mondays, or firsts of months, `most` of them or fewer."""
    for days in _DAY_STEPS:
        start = first if days < 7 else first + timedelta(days=-first.weekday() % 7)
        found = [start + timedelta(days=n) for n in range(0, (last - start).days + 1, days)]
        if len(found) <= most:
            return found or [first]
    for months in _MONTH_STEPS:
        firsts = [when for when in _firsts(first, last, months) if first <= when <= last]
        if len(firsts) <= most:
            return firsts or [first]
    return [first, last]


def _firsts(first: date, last: date, months: int) -> list[date]:
    """First days of every `months`-th month, counted from January, so that years agree."""
    begin, end = (first.year * 12 + first.month - 1) // months, (last.year * 12 + last.month - 1) // months
    return [date(n * months // 12, n * months % 12 + 1, 1) for n in range(begin, end + 1)]


def thinned(count: int, room: float, widest: float) -> list[int]:
    """Which of `count` labels can be written when each takes `widest` of `room`: every one, every second …"""
    if not count:
        return []
    apart = max(1, ceil(count * widest / room)) if room else count
    return list(range(0, count, apart))


def spread(places: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """The same places moved as little as needed to stand `apart`, from `low` to `high`, in their order."""
    order = sorted(range(len(places)), key=lambda n: places[n])
    apart = min(apart, (high - low) / max(len(places) - 1, 1))
    found = dict.fromkeys(order, 0.0)
    floor_ = low
    for n in order:
        found[n] = max(places[n], floor_)
        floor_ = found[n] + apart
    ceiling = high
    for n in reversed(order):
        found[n] = min(found[n], ceiling)
        ceiling = found[n] - apart
    return [found[n] for n in range(len(places))]
