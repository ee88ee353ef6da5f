"""Sets of whole seconds as sorted, disjoint, half-open pairs: [[0, 15], [20, 60]]. Pure arithmetic."""

from collections.abc import Iterable, Sequence
from typing import Any

from courses.enums import IntervalReason

Pair = Sequence[int]
Spans = list[list[int]]
# A divided claim: [start, end, verdict, reason].
Parts = list[list[Any]]


def union(*sets: Iterable[Pair]) -> Spans:
    """Every second that is in any of the sets, with touching stretches joined."""
    joined: Spans = []
    for start, end in sorted(tuple(pair) for pairs in sets for pair in pairs):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        elif start < end:
            joined.append([start, end])
    return joined


def without(start: int, end: int, taken: Iterable[Pair]) -> Spans:
    """The seconds from `start` to `end` that are not in `taken`, itself sorted and disjoint."""
    free: Spans = []
    for taken_start, taken_end in taken:
        if start < min(taken_start, end):
            free.append([start, min(taken_start, end)])
        start = max(start, taken_end)
    if start < end:
        free.append([start, end])
    return free


def first(pairs: Iterable[Pair], seconds: int) -> Spans:
    """The earliest `seconds` of the set, cutting the last stretch where they run out."""
    kept: Spans = []
    for start, end in pairs:
        if seconds <= 0:
            break
        kept.append([start, min(end, start + seconds)])
        seconds -= end - start
    return kept


def length(pairs: Iterable[Pair]) -> int:
    """How many seconds the set holds."""
    return sum(end - start for start, end in pairs)


def minus(pairs: Iterable[Pair], taken: Iterable[Pair]) -> Spans:
    """The seconds of the set that are not in `taken`, both sorted and disjoint."""
    taken = list(taken)
    return [free for start, end in pairs for free in without(start, end, taken)]


def last(pairs: Iterable[Pair], seconds: int) -> Spans:
    """The latest `seconds` of the set, cutting the first stretch where they begin."""
    kept: Spans = []
    for start, end in reversed(list(pairs)):
        if seconds <= 0:
            break
        kept.insert(0, [max(start, end - seconds), end])
        seconds -= end - start
    return kept


def of_verdict(parts: Iterable[Sequence[Any]], verdict: str) -> Spans:
    """The seconds of a divided claim that have this verdict."""
    return [[start, end] for start, end, its, _reason in parts if its == verdict]


def early(parts: Iterable[Sequence[Any]]) -> int:
    """How many seconds of a divided claim were ahead of the clock."""
    return sum(end - start for start, end, _verdict, reason in parts if reason == IntervalReason.AHEAD_OF_CLOCK)


def joined(parts: Iterable[Sequence[Any]]) -> Parts:
    """A divided claim in order, as plain text and numbers, with neighbours of one verdict and reason joined."""
    tidy: Parts = []
    for start, end, verdict, reason in sorted(parts, key=lambda part: part[0]):
        if tidy and tidy[-1][1] == start and tidy[-1][2:] == [str(verdict), str(reason)]:
            tidy[-1][1] = end
        elif start < end:
            tidy.append([start, end, str(verdict), str(reason)])
    return tidy


def first_free(declared_s: int, *taken: Iterable[Pair]) -> list[int]:
    """The first stretch of an item that is not taken yet; empty at the end when all of it is."""
    free = without(0, declared_s, union(*taken))
    return free[0] if free else [declared_s, declared_s]


def spans_of(waiting: Iterable[Sequence[Any]]) -> Spans:
    """The seconds of `ItemProgress.waiting`."""
    return [list(entry[:2]) for entry in waiting]
