"""The shapes that an answer may have, by the kind of its question. Knows nothing of what is right."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from lms.exams.enums import QuestionKind

_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,6})?")


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


def _one_of(answer: Any, options: Sequence[str]) -> str:
    if not isinstance(answer, str) or answer not in options:
        raise NotAnAnswer(answer)
    return answer


def _some_of(answer: Any, options: Sequence[str]) -> list[str] | None:
    if not isinstance(answer, list):
        raise NotAnAnswer(answer)
    return sorted({_one_of(choice, options) for choice in answer}) or None


_SHAPES: dict[str, Callable[[Any, Sequence[str]], Any]] = {
    QuestionKind.SINGLE: _one_of,
    QuestionKind.TRUE_FALSE: _one_of,
    QuestionKind.MULTIPLE: _some_of,
    QuestionKind.NUMERIC: lambda answer, _options: as_number(answer),
}


def clean_answer(kind: str, options: Sequence[str], answer: Any) -> Any:
    """The answer in its one canonical form; None means that the question is left open."""
    return None if answer is None else _SHAPES[kind](answer, options)
