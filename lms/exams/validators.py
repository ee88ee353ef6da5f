"""The shapes that an answer may have, by the kind of its question. Knows nothing of what is right."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from lms.exams.enums import QuestionKind

Item = Mapping[str, Any]

_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,6})?")
# Marks that only steer the direction of writing, or nothing at all; none belongs into an answer.
_UNSEEN = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
LONGEST_BLANK = 200
LONGEST_ESSAY = 8000


class NotAnAnswer(ValueError):
    """The value cannot be an answer to this kind of question."""


def as_number(text: Any) -> str | None:
    """A decimal number as typed, in its plain form: `１２，０００.50` gives `12000.5`; nothing gives None."""
    if isinstance(text, bool) or not isinstance(text, str | int):
        raise NotAnAnswer(text)
    plain = re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", str(text)))
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain):
        raise NotAnAnswer(text)
    number = f"{Decimal(plain):f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return "0" if number in ("-0", "0") else number


def as_words(text: Any, longest: int) -> str:
    """Typed words without marks that nobody sees, line ends as one; too long is no answer."""
    if not isinstance(text, str):
        raise NotAnAnswer(text)
    words = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(words) > longest:
        raise NotAnAnswer(text)
    return words


def _one_of(item: Item, answer: Any) -> str:
    if not isinstance(answer, str) or answer not in item["options"]:
        raise NotAnAnswer(answer)
    return answer


def _some_of(item: Item, answer: Any) -> list[str] | None:
    if not isinstance(answer, list) or len(answer) > len(item["options"]):
        raise NotAnAnswer(answer)
    return sorted({_one_of(item, choice) for choice in answer}) or None


def _in_order(item: Item, answer: Any) -> list[str] | None:
    """Options in an order; as many as have been placed so far, each once."""
    if not isinstance(answer, list) or len(answer) > len(item["options"]):
        raise NotAnAnswer(answer)
    placed = [_one_of(item, choice) for choice in answer]
    if len(set(placed)) != len(placed):
        raise NotAnAnswer(answer)
    return placed or None


def _pairs(item: Item, answer: Any) -> dict[str, str] | None:
    """Options with what was matched to them: {option: choice}."""
    if not isinstance(answer, dict) or len(answer) > len(item["options"]):
        raise NotAnAnswer(answer)
    for option, choice in answer.items():
        _one_of(item, option)
        if not isinstance(choice, str) or choice not in item["choices"]:
            raise NotAnAnswer(answer)
    return dict(sorted(answer.items())) or None


def _blanks(item: Item, answer: Any) -> list[str] | None:
    """One text for every blank, in their order; an empty text is an open blank."""
    if not isinstance(answer, list) or len(answer) != item["blanks"]:
        raise NotAnAnswer(answer)
    filled = [as_words(text, LONGEST_BLANK).strip() for text in answer]
    return filled if any(filled) else None


def _number(item: Item, answer: Any) -> Any:
    """A number as text; where the unit is to be chosen, {number, unit}."""
    if not item.get("units"):
        return as_number(answer)
    if not isinstance(answer, dict) or set(answer) != {"number", "unit"} or answer["unit"] not in ("", *item["units"]):
        raise NotAnAnswer(answer)
    number = as_number(answer["number"])
    return {"number": number or "", "unit": answer["unit"]} if number or answer["unit"] else None


def _essay(item: Item, answer: Any) -> str | None:
    return as_words(answer, min(LONGEST_ESSAY, 2 * item["limit"])) or None


_SHAPES: dict[str, Callable[[Item, Any], Any]] = {
    QuestionKind.SINGLE: _one_of,
    QuestionKind.TRUE_FALSE: _one_of,
    QuestionKind.MULTIPLE: _some_of,
    QuestionKind.FILL_IN: _blanks,
    QuestionKind.NUMERIC: _number,
    QuestionKind.MATCHING: _pairs,
    QuestionKind.ORDERING: _in_order,
    QuestionKind.ESSAY: _essay,
}


def clean_answer(item: Item, answer: Any) -> Any:
    """The answer to a paper's item in its one canonical form; None means that the question is left open.

    Raises `NotAnAnswer` for what cannot be an answer to it.
    """
    return None if answer is None else _SHAPES[item["kind"]](item, answer)
