"""A bank as Moodle XML."""

import base64
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.translation import gettext_lazy as _

from lms.exams.enums import QuestionKind
from lms.exams.services.bank_file import Item, Option
from lms.exams.services.importing.numbers import plain_number

from .gathering import Content, Outgoing, Shown, Written
from .gift import absolute
from .wording import (
    PERCENT_UNHELD,
    RUBRIC_UNHELD,
    Losses,
    attached,
    choices_by_pairs,
    hypertext,
    in_right_order,
    shown_by,
    tags_of,
)

UNIT_TWIN = _("%(format)s does not hold the English names of its units.")
ODD_FACTOR = _("%(format)s cannot hold the factor of one of its units exactly; the question was left out.")
TWIN_BLANKS = _("%(format)s cannot hold several blanks in two languages; the English words were left out.")
_TYPES = {
    QuestionKind.SINGLE: "multichoice",
    QuestionKind.MULTIPLE: "multichoice",
    QuestionKind.TRUE_FALSE: "truefalse",
    QuestionKind.FILL_IN: "shortanswer",
    QuestionKind.NUMERIC: "numerical",
    QuestionKind.MATCHING: "matching",
    QuestionKind.ORDERING: "ordering",
    QuestionKind.ESSAY: "essay",
}


def _put(parent: Element, tag: str, text: str, /, **attributes: str) -> Element:
    element = SubElement(parent, tag, attributes)
    element.text = text
    return element


def _words(parent: Element, name: str, text: str, text_en: str = "", pictures: Sequence[Shown] = ()) -> Element:
    """A text in the style that it needs, with its pictures beside it."""
    style = "html" if text_en or pictures else "plain_text"
    element = SubElement(parent, name, {"format": style})
    shown = [attached(picture) for picture in pictures]
    _put(element, "text", hypertext(text, text_en, shown) if style == "html" else text)
    for picture in pictures:
        data = base64.b64encode(picture.content).decode("ascii")
        _put(element, "file", data, name=picture.name, path="/", encoding="base64")
    return element


def _answer(parent: Element, percent: str, option: Option) -> None:
    _words(parent, "answer", option.text, option.text_en).set("fraction", percent)


def _choices(question: Element, item: Item) -> None:
    right = item.key.options or [item.key.option or ""]
    single = item.kind == QuestionKind.SINGLE
    worth = f"{100 / len(right):.5f}".rstrip("0").rstrip(".")
    _put(question, "single", "true" if single else "false")
    _put(question, "shuffleanswers", "true")
    _put(question, "answernumbering", "ABCD")
    for option in item.options:
        _answer(question, worth if option.id in right else ("0" if single else "-100"), option)


def _truth(question: Element, item: Item) -> None:
    for name in ("true", "false"):
        answer = SubElement(question, "answer", {"fraction": "100" if item.key.option == name else "0"})
        _put(answer, "text", name)


def _wordings(question: Element, item: Item) -> None:
    _put(question, "usecase", "0")
    for way in (item.key.blanks or [[]])[0]:
        answer = SubElement(question, "answer", {"fraction": "100", "format": "moodle_auto_format"})
        _put(answer, "text", way.replace("*", "\\*"))


def _number(question: Element, item: Item) -> None:
    answer = SubElement(question, "answer", {"fraction": "100", "format": "moodle_auto_format"})
    _put(answer, "text", item.key.value or "")
    tolerance = absolute(item)
    if tolerance:
        _put(answer, "tolerance", tolerance)
    listed = [(unit.text, multiplier_of(unit.factor) or "1") for unit in item.units] or [(item.unit, "1")]
    if listed[0][0]:
        units = SubElement(question, "units")
        for name, multiplier in listed:
            unit = SubElement(units, "unit")
            _put(unit, "multiplier", multiplier)
            _put(unit, "unit_name", name)
    _put(question, "showunits", "1" if item.units else "3")


def multiplier_of(factor: str) -> str | None:
    """What the right number is multiplied by to be in a unit; nothing where no plain number says it exactly."""
    try:
        multiplier = plain_number(f"{1 / Decimal(factor):f}")
    except (InvalidOperation, ZeroDivisionError):
        return None
    return multiplier if multiplier and Decimal(multiplier) * Decimal(factor) == 1 else None


def _pairs(question: Element, item: Item) -> None:
    by_id = {choice.id: choice for choice in item.choices}
    pairs = item.key.pairs or {}
    _put(question, "shuffleanswers", "true")
    for option in item.options:
        part = _words(question, "subquestion", option.text, option.text_en)
        _words(part, "answer", by_id[pairs[option.id]].text, by_id[pairs[option.id]].text_en)
    for choice in item.choices:
        if choice.id not in pairs.values():
            part = _words(question, "subquestion", "")
            _words(part, "answer", choice.text, choice.text_en)


def _order(question: Element, item: Item) -> None:
    for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", "0")):
        _put(question, name, value)
    _put(question, "gradingtype", "-1")
    for place, option in enumerate(in_right_order(item), start=1):
        _answer(question, str(place), option)


def _essay(question: Element, item: Item) -> None:
    _put(question, "responseformat", "plain")
    _put(question, "attachments", "0")
    if item.key.model:
        _words(question, "graderinfo", item.key.model)


_WRITE: dict[str, Callable[[Element, Item], None]] = {
    QuestionKind.SINGLE: _choices,
    QuestionKind.MULTIPLE: _choices,
    QuestionKind.TRUE_FALSE: _truth,
    QuestionKind.FILL_IN: _wordings,
    QuestionKind.NUMERIC: _number,
    QuestionKind.MATCHING: _pairs,
    QuestionKind.ORDERING: _order,
    QuestionKind.ESSAY: _essay,
}


def _typed_part(ways: Sequence[str]) -> str:
    """A blank inside the words."""
    escaped = [_cloze_text(way) for way in ways]
    return "{1:SHORTANSWER:" + "~".join(f"={way}" for way in escaped) + "}"


def _cloze_text(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\~{}#*" else letter for letter in text)


def _cloze(stem: str, item: Item) -> str:
    for at, ways in enumerate(item.key.blanks or [], start=1):
        stem = stem.replace(f"{{{{{at}}}}}", _typed_part(ways), 1)
    return stem


def _head(quiz: Element, kind: str, name: str, ref: str) -> Element:
    question = SubElement(quiz, "question", {"type": kind})
    _words(question, "name", name).attrib.clear()
    _put(question, "idnumber", ref)
    return question


def _tag(question: Element, tags: Sequence[str]) -> None:
    listed = SubElement(question, "tags")
    for tag in tags:
        _put(SubElement(listed, "tag"), "text", tag)


def _question(quiz: Element, content: Content, outgoing: Outgoing) -> None:
    item = outgoing.item
    several = len(item.key.blanks or []) > 1
    question = _head(quiz, "cloze" if several else _TYPES[item.kind], item.ref, item.ref)
    stem, stem_en = (_cloze(item.stem, item), "") if several else (item.stem, item.stem_en)
    _words(question, "questiontext", stem, stem_en, shown_by(content, item.figures))
    _words(question, "generalfeedback", item.explanation, item.explanation_en)
    if not several:
        _put(question, "defaultgrade", "1")
        _put(question, "penalty", "0")
        _WRITE[item.kind](question, item)
    _put(question, "hidden", "0")
    tags = tags_of(outgoing, in_right_order(item) if item.kind == QuestionKind.ORDERING else ())
    if item.choices:
        tags.append(f"choices:{','.join(choice.id for choice in choices_by_pairs(item))}")
    if item.units:
        tags.append(f"units:{','.join(unit.id for unit in item.units)}")
    _tag(question, tags)


def _held(item: Item, losses: Losses) -> bool:
    if any(multiplier_of(unit.factor) is None for unit in item.units):
        losses.leave_out(item.ref, ODD_FACTOR)
        return False
    told = (
        (RUBRIC_UNHELD, item.kind == QuestionKind.ESSAY),
        (PERCENT_UNHELD, item.key.tolerance_percent is not None),
        (TWIN_BLANKS, len(item.key.blanks or []) > 1 and bool(item.stem_en)),
        (UNIT_TWIN, any(unit.text_en for unit in item.units)),
    )
    for sentence, happens in told:
        if happens:
            losses.tell(item.ref, sentence)
    return True


def _case(quiz: Element, content: Content, ref: str) -> None:
    body = content.cases[ref]
    question = _head(quiz, "description", body["title"], ref)
    pictures = shown_by(content, body.get("figures", []))
    _words(question, "questiontext", body["text"], body.get("text_en", ""), pictures)
    _tag(question, [f"case:{ref}", *([f"title-en:{body['title_en']}"] if body.get("title_en") else [])])


def write_moodle_xml(content: Content) -> Written:
    """Every question that Moodle XML holds, and what it does not."""
    losses = Losses("Moodle XML")
    quiz = Element("quiz")
    category = SubElement(quiz, "question", {"type": "category"})
    _put(SubElement(category, "category"), "text", f"$course$/top/{content.code}")
    for case, questions in content.by_case():
        if case:
            _case(quiz, content, case)
        for question in questions:
            if _held(question.item, losses):
                _question(quiz, content, question)
    indent(quiz)
    losses.written.content = tostring(quiz, encoding="utf-8", xml_declaration=True)
    return losses.written
