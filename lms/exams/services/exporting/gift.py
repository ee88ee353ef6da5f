"""A bank as GIFT."""

import re
from collections.abc import Callable
from decimal import Decimal

from lms.exams.enums import QuestionKind
from lms.exams.services.bank_file import Item, Option

from .gathering import Content, Outgoing, Written
from .wording import (
    ARROW_UNHELD,
    BLANKS_UNHELD,
    KIND_UNHELD,
    PERCENT_UNHELD,
    RUBRIC_UNHELD,
    UNITS_UNHELD,
    Losses,
    choices_by_pairs,
    hypertext,
    inline,
    shown_by,
    tags_of,
)

_SPECIAL = re.compile(r"([\\~=#{}:])")
_BRACKETS = re.compile(r"([\\\[\]])")
_ESCAPE = r"\\\1"
BLANK = "{{1}}"


def escaped(text: str) -> str:
    """A text in which nothing means anything to the format."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def _styled(text: str, text_en: str = "", pictures: list[str] | None = None) -> str:
    if text_en or pictures:
        return "[html]" + escaped(hypertext(text, text_en, pictures or []))
    return "[plain]" + escaped(text)


def _option(option: Option, style: str) -> str:
    """The words of an option; its style is named where it is another than the question's."""
    written = _styled(option.text, option.text_en)
    return written.removeprefix(style) if written.startswith(style) else written


def _single(item: Item, style: str) -> str:
    return " ".join(
        f"{'=' if option.id == item.key.option else '~'}{_option(option, style)}" for option in item.options
    )


def _multiple(item: Item, style: str) -> str:
    right = item.key.options or []
    worth = f"{100 / len(right):.5f}".rstrip("0").rstrip(".")
    return " ".join(f"~%{worth if option.id in right else '-100'}%{_option(option, style)}" for option in item.options)


def _true_false(item: Item, style: str) -> str:
    return "TRUE" if item.key.option == "true" else "FALSE"


def _wordings(item: Item, style: str) -> str:
    ways = (item.key.blanks or [[]])[0]
    return " ".join(f"={escaped(way).replace('*', chr(92) + '*')}" for way in ways)


def absolute(item: Item) -> str:
    """The tolerance as a number, whichever way the key says it; nothing where it says none."""
    key = item.key
    if key.tolerance_percent is None:
        return key.tolerance or ""
    share = abs(Decimal(key.value or "0")) * Decimal(key.tolerance_percent) / 100
    widest = max(share, Decimal(key.tolerance or "0"))
    return f"{widest:f}"


def _number(item: Item, style: str) -> str:
    tolerance = absolute(item)
    return f"#{item.key.value}" + (f":{tolerance}" if tolerance else "")


def _matching(item: Item, style: str) -> str:
    by_id = {choice.id: choice for choice in item.choices}
    pairs = item.key.pairs or {}
    written = [f"={_option(option, style)} -> {_option(by_id[pairs[option.id]], style)}" for option in item.options]
    spare = [choice for choice in item.choices if choice.id not in pairs.values()]
    return " ".join([*written, *(f"= -> {_option(choice, style)}" for choice in spare)])


def _essay(item: Item, style: str) -> str:
    return ""


_ANSWERS: dict[str, Callable[[Item, str], str]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.TRUE_FALSE: _true_false,
    QuestionKind.FILL_IN: _wordings,
    QuestionKind.NUMERIC: _number,
    QuestionKind.MATCHING: _matching,
    QuestionKind.ESSAY: _essay,
}


def _held(item: Item, losses: Losses) -> bool:
    """Whether the format can hold the question; what it cannot is told."""
    texts = [entry.text + entry.text_en for entry in (*item.options, *item.choices)]
    refused = (
        (KIND_UNHELD, item.kind not in _ANSWERS),
        (BLANKS_UNHELD, len(item.key.blanks or []) > 1),
        (UNITS_UNHELD, bool(item.units)),
        (ARROW_UNHELD, item.kind == QuestionKind.MATCHING and any("->" in text for text in texts)),
    )
    for sentence, happens in refused:
        if happens:
            losses.leave_out(item.ref, sentence)
            return False
    if item.kind == QuestionKind.ESSAY:
        losses.tell(item.ref, RUBRIC_UNHELD)
    if item.key.tolerance_percent is not None:
        losses.tell(item.ref, PERCENT_UNHELD)
    return True


def _comment(ref: str, tags: list[str]) -> str:
    marks = [f"[tag:{_BRACKETS.sub(_ESCAPE, tag)}]" for tag in tags]
    return " ".join([f"// [id:{ref}]", *marks]).replace("\n", " ")


def _question(content: Content, question: Outgoing) -> str:
    item = question.item
    tags = tags_of(question)
    tags += [f"unit:{item.unit}"] if item.unit else []
    tags += [f"kind:{item.kind.value}"] if item.kind == QuestionKind.MULTIPLE else []
    if item.choices:
        tags.append(f"choices:{','.join(choice.id for choice in choices_by_pairs(item))}")
    pictures = [inline(picture) for picture in shown_by(content, item.figures)]
    stem = _styled(item.stem, item.stem_en, pictures)
    style = stem[: stem.index("]") + 1]
    general = _styled(item.explanation, item.explanation_en)
    explained = general.removeprefix(style)
    answers = f"{{{_ANSWERS[item.kind](item, style)}####{explained}}}"
    mark = escaped(BLANK)
    if item.kind == QuestionKind.FILL_IN and stem.count(mark) == 1 and not pictures:
        words = stem.replace(mark, answers)
    else:
        words = f"{stem} {answers}"
    return f"{_comment(item.ref, tags)}\n::{escaped(item.ref)}::{words}\n"


def _case(content: Content, ref: str) -> str:
    body = content.cases[ref]
    tags = [f"case:{ref}", *([f"title-en:{body['title_en']}"] if body.get("title_en") else [])]
    pictures = [inline(picture) for picture in shown_by(content, body.get("figures", []))]
    words = _styled(body["text"], body.get("text_en", ""), pictures)
    return f"{_comment(ref, tags)}\n::{escaped(body['title'])}::{words}\n"


def write_gift(content: Content) -> Written:
    """Every question that GIFT holds, and what it does not."""
    losses = Losses("GIFT")
    parts = [f"$CATEGORY: $course$/top/{content.code}\n"]
    for case, questions in content.by_case():
        if case:
            parts.append(_case(content, case))
        parts += [_question(content, question) for question in questions if _held(question.item, losses)]
    losses.written.content = "\n".join(parts).encode("utf-8")
    return losses.written
