"""Answers and keys in words, by the kind of their question."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lms.exams.enums import QuestionKind
from lms.exams.models import QuestionVersion
from lms.exams.selectors.room import QuestionView, Texts

_BLANK = re.compile(r"\{\{(\d+)\}\}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer; `label` is what it was matched to or which blank it fills, and may be empty."""

    text: str
    label: str = ""


def _word(texts: Mapping[str, Any]) -> str:
    return str(texts.get("text_en") or texts["text"] if get_language() == "en" else texts["text"])


def _words(texts: Iterable[Texts]) -> dict[str, str]:
    return {each["id"]: _word(each) for each in texts}


def _options(question: QuestionView, ids: Iterable[str]) -> list[Line]:
    words = _words(question.options)
    return [Line(words[each]) for each in words if each in set(ids)]


def _in_order(question: QuestionView, ids: Iterable[str]) -> list[Line]:
    words = _words(question.options)
    return [Line(words[each], str(place)) for place, each in enumerate(ids, start=1)]


def _pairs(question: QuestionView, pairs: Mapping[str, str]) -> list[Line]:
    left, right = _words(question.options), _words(question.choices)
    return [Line(right.get(pairs[each], "–"), left[each]) for each in left if each in pairs]


def _blanks(texts: Iterable[str]) -> list[Line]:
    return [Line(text or "–", str(no)) for no, text in enumerate(texts, start=1)]


def _unit(question: QuestionView) -> str:
    body = question.body
    return (body.get("unit_en") or body.get("unit", "")) if get_language() == "en" else body.get("unit", "")


def _number(question: QuestionView, answer: Any) -> list[Line]:
    if isinstance(answer, Mapping):
        units = _words(question.units)
        return [Line(f"{answer.get('number') or '–'} {units.get(answer.get('unit', ''), '')}".strip())]
    return [Line(f"{answer} {_unit(question)}".strip())]


def stem(question: QuestionView) -> str:
    """What was asked; a blank to be filled is a line with its number."""
    body = question.body
    text = body.get("stem_en") or body["stem"] if get_language() == "en" else body["stem"]
    return _BLANK.sub(r"____(\1)", text)


def said(question: QuestionView) -> list[Line]:
    """What somebody answered; nothing for an open question."""
    answer = question.answer
    if answer is None:
        return []
    match question.kind:
        case QuestionKind.MULTIPLE:
            return _options(question, answer)
        case QuestionKind.NUMERIC:
            return _number(question, answer)
        case QuestionKind.FILL_IN:
            return _blanks(answer)
        case QuestionKind.MATCHING:
            return _pairs(question, answer)
        case QuestionKind.ORDERING:
            return _in_order(question, answer)
        case QuestionKind.ESSAY:
            return [Line(answer)]
        case _:
            return _options(question, [answer])


def _accepted_number(question: QuestionView, accepted: Mapping[str, Any]) -> list[Line]:
    unit = _word(question.units[0]) if question.units else _unit(question)
    lines = [Line(f"{accepted['value']} {unit}".strip())]
    if Decimal(accepted.get("tolerance") or 0):
        lines.append(Line(f"± {accepted['tolerance']} {unit}".strip(), _("Tolerance")))
    if Decimal(accepted.get("tolerance_percent") or 0):
        lines.append(Line(f"± {accepted['tolerance_percent']} %", _("Tolerance")))
    return lines


_ACCEPTED: dict[str, Callable[[QuestionView, Mapping[str, Any]], list[Line]]] = {
    QuestionKind.SINGLE: lambda question, key: _options(question, [key["option"]]),
    QuestionKind.TRUE_FALSE: lambda question, key: _options(question, [key["option"]]),
    QuestionKind.MULTIPLE: lambda question, key: _options(question, key["options"]),
    QuestionKind.NUMERIC: _accepted_number,
    QuestionKind.FILL_IN: lambda _question, key: _blanks(" / ".join(ways) for ways in key["blanks"]),
    QuestionKind.MATCHING: lambda question, key: _pairs(question, key["pairs"]),
    QuestionKind.ORDERING: lambda question, key: _in_order(question, key["order"]),
    QuestionKind.ESSAY: lambda _question, key: [Line(key["model"])] if key.get("model") else [],
}


def accepted_words(question: QuestionView, accepted: Mapping[str, Any]) -> list[Line]:
    """What a key accepts."""
    return _ACCEPTED[question.kind](question, accepted)


def question_of(version: QuestionVersion) -> QuestionView:
    """A question as staff read it, in its authors' order and without anybody's answer."""
    body = version.body
    return QuestionView(
        slot=0,
        kind=QuestionKind(version.question.kind),
        points="",
        body=body,
        options=body.get("options", ()),
        choices=body.get("choices", ()),
        units=body.get("units", ()),
        blanks=body.get("blanks", 0),
        limit=body.get("limit", 0),
        figures=(),
        case=None,
        answer=None,
        flagged=False,
        seen=False,
    )
