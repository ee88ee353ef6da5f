"""Sets of whole seconds as sorted, disjoint, half-open pairs: [[0, 15], [20, 60]]. Pure arithmetic."""

from collections.abc import Iterable, Sequence

Pair = Sequence[int]
Spans = list[list[int]]


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
