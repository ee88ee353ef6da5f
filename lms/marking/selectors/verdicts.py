"""What the marks of a script amount to: points, another marker, or a decision. Values in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from lms.marking.enums import OutcomeRule

CENT = Decimal("0.01")
THIRD = 3


class Need(Enum):
    """What is missing while there are no points yet."""

    MARKS = "marks"
    THIRD_MARKER = "third"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a round declared before its first script."""

    markers_per_script: int
    gap_percent: Decimal

    def within(self, one: Decimal, other: Decimal, max_points: Decimal) -> bool:
        """Whether two marks are near enough."""
        return abs(one - other) * 100 <= self.gap_percent * max_points


@dataclass(frozen=True, slots=True)
class Verdict:
    """Points with the rule that gave them and the places that counted; or what is missing."""

    points: Decimal | None = None
    rule: OutcomeRule | None = None
    places: tuple[int, ...] = ()
    need: Need | None = None


def verdict_of(marks: Mapping[int, Decimal], rules: Rules, max_points: Decimal) -> Verdict:
    """The verdict on marks by place; place 3 is the third marker's."""
    if any(place not in marks for place in range(1, rules.markers_per_script + 1)):
        return Verdict(need=Need.MARKS)
    if rules.markers_per_script == 1:
        return Verdict(marks[1], OutcomeRule.SINGLE, (1,))
    if rules.within(marks[1], marks[2], max_points):
        return Verdict(_mean(marks[1], marks[2]), OutcomeRule.MEAN, (1, 2))
    if THIRD not in marks:
        return Verdict(need=Need.THIRD_MARKER)
    return _of_three(marks, rules, max_points)


def _of_three(marks: Mapping[int, Decimal], rules: Rules, max_points: Decimal) -> Verdict:
    """The mean of the two nearest; where the middle one is equally near to both others, it stands itself."""
    low, middle, high = sorted((1, 2, THIRD), key=lambda place: (marks[place], place))
    below, above = marks[middle] - marks[low], marks[high] - marks[middle]
    pair = (low, middle) if below < above else (middle, high)
    if not rules.within(marks[pair[0]], marks[pair[1]], max_points):
        return Verdict(need=Need.LEAD)
    if below == above:
        return Verdict(marks[middle], OutcomeRule.NEAREST, (1, 2, THIRD))
    return Verdict(_mean(marks[pair[0]], marks[pair[1]]), OutcomeRule.NEAREST, tuple(sorted(pair)))


def _mean(one: Decimal, other: Decimal) -> Decimal:
    return ((one + other) / 2).quantize(CENT, rounding=ROUND_HALF_UP)
