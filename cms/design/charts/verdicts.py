"""What every page of an import draws: how the rows of a file came out as one bar, and how far along one is."""

from collections.abc import Mapping, Sequence
from typing import Any

_WIDTH, _GAP, _LEAST = 1000.0, 2.0, 4.0


def segments(counts: Sequence[tuple[str, int]]) -> list[dict[str, str]]:
    """Counts with their colours as rectangles in a box 1000 wide; a small count stays visible, nought has none."""
    present = [(colour, count) for colour, count in counts if count]
    total = sum(count for _colour, count in present)
    room = _WIDTH - _GAP * (len(present) - 1) - _LEAST * len(present)
    drawn, x = [], 0.0
    for colour, count in present:
        width = _LEAST + room * count / total
        drawn.append({"colour": colour, "x": f"{x:.1f}", "width": f"{width:.1f}"})
        x += width + _GAP
    return drawn


def steps(labels: Mapping[str, Any], now_at: str) -> list[dict[str, Any]]:
    """The steps of an import as spans of the bridge: done, now, still to do."""
    here = list(labels).index(now_at)
    return [
        {"label": label, "state": "done" if at < here else "now" if at == here else "todo"}
        for at, label in enumerate(labels.values())
    ]
