"""Which questions somebody should read again, and why; a flag is a reason to look, never a verdict.

The bounds are this house's own. Options are judged as Haladyna and Downing do: one that nobody takes, or that
draws better people than the right one, does not work (Educational and Psychological Measurement 53, 1993, 999–1010).
"""

from collections.abc import Collection
from enum import StrEnum

from .statistics import FEWEST_SHEETS, ItemFigures

TOO_HARD, TOO_EASY = 0.2, 0.95
WEAK = 0.1
FEWEST_TAKERS = 5


class Flag(StrEnum):
    """Why to look; flags of an option are followed by a colon and its id."""

    HARD = "hard"
    EASY = "easy"
    WEAK = "weak"
    NEGATIVE = "negative"
    UNUSED = "unused"
    LURES = "lures"


def _by_facility(facility: float) -> list[str]:
    return [Flag.HARD] if facility < TOO_HARD else [Flag.EASY] if facility > TOO_EASY else []


def _by_discrimination(discrimination: float | None) -> list[str]:
    if discrimination is None or discrimination >= WEAK:
        return []
    return [Flag.NEGATIVE] if discrimination < 0 else [Flag.WEAK]


def _rest_of_right(item: ItemFigures, right: Collection[str]) -> float | None:
    """The mean rest score of those who took what is right."""
    found = [item.options[option] for option in right if option in item.options]
    taken = sum(each.taken for each in found)
    return sum(each.mean_rest * each.taken for each in found) / taken if taken >= FEWEST_TAKERS else None


def _by_options(item: ItemFigures, offered: Collection[str], right: Collection[str]) -> list[str]:
    wrong = [option for option in offered if option not in right]
    bar = _rest_of_right(item, right)
    flags = [f"{Flag.UNUSED}:{option}" for option in wrong if option not in item.options]
    for option in wrong:
        taken = item.options.get(option)
        if taken and bar is not None and taken.taken >= FEWEST_TAKERS and taken.mean_rest > bar:
            flags.append(f"{Flag.LURES}:{option}")
    return flags


def flags_of(item: ItemFigures, offered: Collection[str] = (), right: Collection[str] = ()) -> list[str]:
    """The flags of a question; `offered` are its options in the author's order. Too few papers raise none."""
    if item.attempts < FEWEST_SHEETS:
        return []
    return [
        *_by_facility(item.facility),
        *_by_discrimination(item.discrimination),
        *_by_options(item, offered, right),
    ]
