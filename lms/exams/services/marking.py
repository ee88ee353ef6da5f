"""Automatic marks: the only learner's path on which a key is read, and nothing of it goes back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from lms.exams.enums import QuestionKind
from lms.exams.models.key import AnswerKey

Item = Mapping[str, Any]
# A multiple choice earns its points whole or not at all.
MULTIPLE_RULE = "all-or-nothing"


@dataclass(frozen=True, slots=True)
class SlotMark:
    """What one slot earned, and the hash of the key that said so."""

    slot: int
    points: Decimal
    max_points: Decimal
    key_hash: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A whole paper marked."""

    marks: Sequence[SlotMark]

    @property
    def points(self) -> Decimal:
        return sum((mark.points for mark in self.marks), Decimal(0))

    @property
    def max_points(self) -> Decimal:
        return sum((mark.max_points for mark in self.marks), Decimal(0))

    @property
    def percent(self) -> Decimal:
        """Rounded down, so that no figure promises more than was earned."""
        return (self.points * 100 / self.max_points).quantize(Decimal("0.01"), rounding=ROUND_DOWN)


def _is_choice(answer: Any, accepted: Any) -> bool:
    return bool(answer == accepted["option"])


def _are_choices(answer: Any, accepted: Any) -> bool:
    return isinstance(answer, list) and set(answer) == set(accepted["options"])


def _is_number(answer: Any, accepted: Any) -> bool:
    gap = abs(Decimal(answer) - Decimal(accepted["value"]))
    return gap <= Decimal(accepted.get("tolerance", "0"))


_RIGHT: dict[str, Callable[[Any, Any], bool]] = {
    QuestionKind.SINGLE: _is_choice,
    QuestionKind.TRUE_FALSE: _is_choice,
    QuestionKind.MULTIPLE: _are_choices,
    QuestionKind.NUMERIC: _is_number,
}


def is_right(kind: str, answer: Any, accepted: Any) -> bool:
    """Whether `answer` is what the key accepts; an open question is not."""
    return answer is not None and _RIGHT[kind](answer, accepted)


def keys_of(version_ids: Iterable[int]) -> dict[int, AnswerKey]:
    """The key in force for each question version."""
    keys = AnswerKey.objects.filter(version__in=list(version_ids)).order_by("no")
    return {key.version_id: key for key in keys}


def mark(*, items: Sequence[Item], answers: Mapping[int, Any]) -> Marked:
    """Mark the answers to a paper's items."""
    keys = keys_of(item["version"] for item in items)
    marks = []
    for item in items:
        key, worth = keys[item["version"]], Decimal(item["points"])
        right = is_right(item["kind"], answers.get(item["slot"]), key.accepted)
        marks.append(SlotMark(item["slot"], worth if right else Decimal("0.00"), worth, key.content_hash))
    return Marked(marks)
