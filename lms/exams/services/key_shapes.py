"""The shapes that a key may have, by the kind of its question, and whether it fits the question."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lms.exams.enums import QuestionKind
from lms.exams.validators import NotAnAnswer, as_number

BLANK = re.compile(r"\{\{(\d+)\}\}")
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RubricLevel(Strict):
    """What is worth so many points."""

    points: str
    text: Words
    text_en: str = ""


class Criterion(Strict):
    """One thing that is looked for in an essay."""

    id: str
    title: Words
    title_en: str = ""
    max: str
    levels: list[RubricLevel] = Field(min_length=2)


class RubricDraft(Strict):
    """How an essay is marked; becomes a rubric version of the marking room."""

    criteria: list[Criterion] = Field(min_length=1)


class Key(Strict):
    """What is right; which of these are given depends on the kind of the question."""

    option: str | None = None
    options: list[str] | None = None
    value: str | None = None
    tolerance: str | None = None
    tolerance_percent: str | None = None
    blanks: list[list[Words]] | None = None
    pairs: dict[str, str] | None = None
    order: list[str] | None = None
    model: str | None = None
    rubric: RubricDraft | None = None


def _given(key: Key) -> set[str]:
    return set(key.model_dump(exclude_none=True))


def _one(key: Key, options: Sequence[str], **_rest: Any) -> None:
    if _given(key) != {"option"} or key.option not in options or len(options) < 2:
        raise ValueError("the key names one of two options or more")


def _some(key: Key, options: Sequence[str], **_rest: Any) -> None:
    if _given(key) != {"options"} or not key.options or not set(key.options) <= set(options) or len(options) < 2:
        raise ValueError("the key of a multiple choice names its right options")


def _number(key: Key, **_rest: Any) -> None:
    try:
        numbers = [as_number(text) for text in (key.value, key.tolerance or "0", key.tolerance_percent or "0")]
    except NotAnAnswer as error:
        raise ValueError("the key of a number is a number") from error
    given = _given(key)
    if "value" not in given or not given <= {"value", "tolerance", "tolerance_percent"} or None in numbers:
        raise ValueError("the key of a number is a value and, where needed, a tolerance")


def _blanks(key: Key, stem: str, **_rest: Any) -> None:
    marked = [int(number) for number in BLANK.findall(stem)]
    if _given(key) != {"blanks"} or not key.blanks or marked != list(range(1, len(key.blanks) + 1)):
        raise ValueError("the stem marks its blanks as {{1}}, {{2}} …, and the key has one list for each")
    if not all(key.blanks):
        raise ValueError("every blank has a wording that is right")


def _pairs(key: Key, options: Sequence[str], choices: Sequence[str], **_rest: Any) -> None:
    pairs = key.pairs or {}
    if _given(key) != {"pairs"} or set(pairs) != set(options) or not set(pairs.values()) <= set(choices):
        raise ValueError("the key of a matching names one choice for each option")


def _order(key: Key, options: Sequence[str], **_rest: Any) -> None:
    if _given(key) != {"order"} or sorted(key.order or []) != sorted(options) or len(options) < 2:
        raise ValueError("the key of an ordering names every option once")


def _essay(key: Key, **_rest: Any) -> None:
    if not _given(key) <= {"model", "rubric"} or key.rubric is None:
        raise ValueError("an essay has a rubric and, where wanted, a model answer")
    try:
        for criterion in key.rubric.criteria:
            points = [Decimal(level.points) for level in criterion.levels]
            if max(points) != Decimal(criterion.max) or min(points) < 0:
                raise ValueError("the best level of a criterion is worth its points")
    except InvalidOperation as error:
        raise ValueError("the points of a rubric are numbers") from error


_CHECKS: dict[str, Callable[..., None]] = {
    QuestionKind.SINGLE: _one,
    QuestionKind.TRUE_FALSE: _one,
    QuestionKind.MULTIPLE: _some,
    QuestionKind.FILL_IN: _blanks,
    QuestionKind.NUMERIC: _number,
    QuestionKind.MATCHING: _pairs,
    QuestionKind.ORDERING: _order,
    QuestionKind.ESSAY: _essay,
}


def check_key(kind: str, key: Key, *, options: Sequence[str], choices: Sequence[str], stem: str) -> None:
    """Raise `ValueError` with its reason if the key cannot be one of this kind of question."""
    _CHECKS[kind](key, options=options, choices=choices, stem=stem)


def rubric_points(rubric: RubricDraft) -> Decimal:
    """What the best answer earns."""
    return sum((Decimal(criterion.max) for criterion in rubric.criteria), Decimal(0))
