"""Automatic marks: the only learner's path on which a key is read, and nothing of it goes back."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any, Protocol

from lms.exams.enums import WRITTEN_KINDS, QuestionKind
from lms.exams.models.key import AnswerKey

Item = Mapping[str, Any]
# What a partly right answer earns, kind by kind; the rest is right or wrong.
PARTIAL_RULES = "multiple=all-or-nothing; fill-in=by-blank; matching=by-pair; ordering=all-or-nothing"
CENT = Decimal("0.01")


class MarkingKey(Protocol):
    """What marking asks of a key: the one in force, one of an earlier day, or one that is only proposed."""

    @property
    def accepted(self) -> Any: ...
    @property
    def content_hash(self) -> str: ...


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


def _is_choice(answer: Any, accepted: Any) -> Decimal:
    return Decimal(answer == accepted["option"])


def _are_choices(answer: Any, accepted: Any) -> Decimal:
    return Decimal(isinstance(answer, list) and set(answer) == set(accepted["options"]))


def _is_number(answer: Any, accepted: Any) -> Decimal:
    value = Decimal(accepted["value"])
    slack = max(
        Decimal(accepted.get("tolerance", "0")), abs(value) * Decimal(accepted.get("tolerance_percent", "0")) / 100
    )
    return Decimal(abs(Decimal(answer) - value) <= slack)


def _folded(text: str) -> str:
    """A typed word as it is compared: width, case, spaces and a final stop do not matter, nor commas in numbers."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip("。.,;").casefold()
    return re.sub(r"(?<=\d),(?=\d{3})", "", plain)


def _blanks_filled(answer: Any, accepted: Any) -> Decimal:
    blanks = accepted["blanks"]
    right = sum(_folded(text) in {_folded(way) for way in ways} for text, ways in zip(answer, blanks, strict=True))
    return Decimal(right) / len(blanks)


def _pairs_made(answer: Any, accepted: Any) -> Decimal:
    pairs = accepted["pairs"]
    return Decimal(sum(answer.get(left) == right for left, right in pairs.items())) / len(pairs)


def _is_order(answer: Any, accepted: Any) -> Decimal:
    return Decimal(answer == accepted["order"])


_SHARE: dict[str, Callable[[Any, Any], Decimal]] = {
    QuestionKind.SINGLE: _is_choice,
    QuestionKind.TRUE_FALSE: _is_choice,
    QuestionKind.MULTIPLE: _are_choices,
    QuestionKind.FILL_IN: _blanks_filled,
    QuestionKind.NUMERIC: _is_number,
    QuestionKind.MATCHING: _pairs_made,
    QuestionKind.ORDERING: _is_order,
}


def share_of(item: Item, answer: Any, accepted: Any) -> Decimal:
    """The part of its points, 0 to 1, that an answer earns by the key; an open question earns nothing."""
    if answer is None:
        return Decimal(0)
    if item["kind"] == QuestionKind.NUMERIC and item.get("units"):
        if not answer["number"] or answer["unit"] not in item["units"]:
            return Decimal(0)
        answer = Decimal(answer["number"]) * Decimal(item["units"][answer["unit"]])
    return _SHARE[item["kind"]](answer, accepted)


def keys_of(version_ids: Iterable[int]) -> dict[int, AnswerKey]:
    """The key in force for each question version."""
    keys = AnswerKey.objects.filter(version__in=list(version_ids)).order_by("no")
    return {key.version_id: key for key in keys}


@dataclass(frozen=True, slots=True)
class Expected:
    """What people mark an essay by: the criteria with their levels, a model answer, the explanation."""

    criteria: Sequence[Mapping[str, Any]]
    model: str
    explanation: str


def rubric_of(version_id: int) -> Expected:
    """What the key in force says about an essay; for the eyes of markers only."""
    key = keys_of([version_id])[version_id]
    return Expected(key.accepted["rubric"]["criteria"], key.accepted.get("model", ""), key.explanation)


def mark(
    *,
    items: Sequence[Item],
    answers: Mapping[int, Any],
    given: Mapping[int, Decimal] | None = None,
    keys: Mapping[int, MarkingKey] | None = None,
) -> Marked:
    """Mark the answers to a paper's items; `given` holds the points that people gave, by slot.

    `keys` are those in force unless others are given. Raises `KeyError` for an essay that nobody has marked.
    """
    keys = keys_of(item["version"] for item in items) if keys is None else keys
    marks = []
    for item in items:
        key, worth, slot = keys[item["version"]], Decimal(item["points"]), item["slot"]
        if item["kind"] in WRITTEN_KINDS and answers.get(slot) is not None:
            points = (given or {})[slot]
        else:
            points = (worth * share_of(item, answers.get(slot), key.accepted)).quantize(CENT, rounding=ROUND_DOWN)
        marks.append(SlotMark(slot, points, worth, key.content_hash))
    return Marked(marks)
