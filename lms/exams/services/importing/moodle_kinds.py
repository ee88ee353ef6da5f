"""What each type of question in Moodle XML becomes."""

import re
from collections.abc import Callable
from decimal import Decimal, DivisionByZero, InvalidOperation
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_lazy as _

from lms.exams.enums import QuestionKind

from .numbers import count, plain_number
from .parsed import (
    FEEDBACK,
    LETTERS,
    MORE_NUMBERS,
    NO_RIGHT,
    PART_WORDING,
    WILDCARD,
    Choice,
    Parsed,
    Words,
    choose,
    decide,
    fill,
    pair,
    put_in_order,
    said,
    write_up,
)

CASE_COUNTS = _("There upper and lower case counted; here it does not.")
UNIT_PENALTY = _("Points taken off for a wrong unit are not carried over: number and unit are right together.")
ATTACHMENTS = _("Files handed in with the answer are not carried over: an essay is typed.")
TEMPLATE = _("The text that stood in the answer field beforehand is not carried over.")
WORD_LIMIT = _("The limit of %(words)s words became a limit of %(limit)s characters.")
PART_ORDER = _("Part of the order for part of the points is not carried over: the whole order counts.")
ODD_UNIT = _("The factor of the unit “%(unit)s” is no number that a key can hold.")
NO_UNIT_ASKED = _("The question names units and does not ask for one; the first stands behind the field.")
CLOZE = _("An embedded (cloze) question with other parts than typed words is more than this bank can hold.")
_PART = re.compile(r"\{\d*:([A-Za-z_]+):((?:\\.|[^{}\\])*)\}")
_TYPED = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
_WAY = re.compile(r"(?:^|~)(?:(=)|%(\d+)%)?((?:\\.|[^~\\])*)")
ESSAY_LIMITS = (50, 4000)

ReadWords = Callable[[Element | None], Words]


def said_text(question: Element, path: str) -> str:
    """The text at a path, or nothing."""
    return (question.findtext(path) or "").strip()


def _percent(answer: Element) -> float:
    try:
        return float(answer.get("fraction", "0").replace(",", "."))
    except ValueError:
        return 0.0


def _answers(parsed: Parsed, question: Element) -> list[Element]:
    found = question.findall("answer")
    if any(said_text(answer, "feedback/text") for answer in found):
        parsed.note(FEEDBACK)
    return found


def multichoice(parsed: Parsed, question: Element, words: ReadWords) -> None:
    single = said_text(question, "single").lower() not in ("false", "0")
    answers = _answers(parsed, question)
    if not answers:
        parsed.error = said(NO_RIGHT)
        return
    choices = [Choice(words(answer), _percent(answer)) for answer in answers]
    choose(parsed, choices, single=single)


def truefalse(parsed: Parsed, question: Element, words: ReadWords) -> None:
    right = [said_text(answer, "text").lower() for answer in _answers(parsed, question) if _percent(answer) >= 100]
    if right in (["true"], ["false"]):
        decide(parsed, right == ["true"])
    else:
        parsed.error = said(NO_RIGHT)


def shortanswer(parsed: Parsed, question: Element, words: ReadWords) -> None:
    ways: list[str] = []
    for answer in _answers(parsed, question):
        text = said_text(answer, "text")
        if "*" in text.replace("\\*", ""):
            parsed.note(WILDCARD, answer=text)
        elif _percent(answer) < 100:
            parsed.note(PART_WORDING, answer=text)
        elif text:
            ways.append(text.replace("\\*", "*"))
    if said_text(question, "usecase") == "1":
        parsed.note(CASE_COUNTS)
    if ways:
        fill(parsed, ways)
    elif parsed.notes:
        parsed.skipped = parsed.notes[0]
    else:
        parsed.error = said(NO_RIGHT)


def numerical(parsed: Parsed, question: Element, words: ReadWords) -> None:
    answers = _answers(parsed, question)
    right = [answer for answer in answers if _percent(answer) >= 100]
    if not right:
        parsed.error = said(NO_RIGHT)
        return
    if len(answers) > 1:
        parsed.note(MORE_NUMBERS)
    count(parsed, said_text(right[0], "text"), said_text(right[0], "tolerance"))
    _units(parsed, question)


def _units(parsed: Parsed, question: Element) -> None:
    found = [(said_text(unit, "unit_name"), said_text(unit, "multiplier")) for unit in question.findall("units/unit")]
    # The unit of the right number is the one that multiplies by one, wherever it stands.
    units = sorted(found, key=lambda unit: plain_number(unit[1]) != "1")
    if not units or parsed.error:
        return
    if (said_text(question, "unitpenalty") or "0") not in ("0", "0.0000000") and len(units) > 1:
        parsed.note(UNIT_PENALTY)
    if len(units) == 1 or said_text(question, "showunits") == "3":
        if len(units) > 1:
            parsed.note(NO_UNIT_ASKED)
        parsed.fields["unit"] = units[0][0]
        return
    listed = []
    names = (parsed.tag("units") or "").split(",")
    ids = names if len(names) == len(units) else [f"u-{LETTERS[at]}" for at in range(min(len(units), 26))]
    for key, (name, multiplier) in zip(ids, units, strict=False):
        factor = _turned(multiplier)
        if factor is None:
            parsed.error = said(ODD_UNIT, unit=name)
            return
        listed.append({"id": key, "text": name, "text_en": "", "factor": factor})
    parsed.fields["units"] = listed


def _turned(multiplier: str) -> str | None:
    """There the right number is multiplied to be in the unit; here the typed one, to be in the first."""
    try:
        factor = 1 / Decimal(multiplier)
    except (InvalidOperation, DivisionByZero):
        return None
    return plain_number(f"{factor:f}")


def matching(parsed: Parsed, question: Element, words: ReadWords) -> None:
    pairs, spare = [], []
    for part in question.findall("subquestion"):
        left, right = words(part), _right_side(part, words)
        if left.text:
            pairs.append((left, right))
        elif right.text:
            spare.append(right)
    if len(pairs) < 2:
        parsed.error = said(NO_RIGHT)
        return
    pair(parsed, pairs, spare)


def _right_side(part: Element, words: ReadWords) -> Words:
    """The right side of a pair; Moodle keeps it without style."""
    answer = part.find("answer")
    if answer is None:
        return Words("")
    if not answer.get("format"):
        answer.set("format", "moodle_auto_format")
    return words(answer)


def essay(parsed: Parsed, question: Element, words: ReadWords) -> None:
    model = words(question.find("graderinfo")).text
    if said_text(question, "attachments") not in ("", "0"):
        parsed.note(ATTACHMENTS)
    if said_text(question, "responsetemplate/text"):
        parsed.note(TEMPLATE)
    words_there = said_text(question, "maxwordlimit")
    limit = None
    if words_there.isdecimal() and int(words_there) and not parsed.tag("limit"):
        least, most = ESSAY_LIMITS
        limit = min(max(int(words_there), least), most)
        parsed.note(WORD_LIMIT, words=words_there, limit=str(limit))
    grade = plain_number(said_text(question, "defaultgrade") or "10")
    write_up(parsed, model=model, points=grade if grade and Decimal(grade) > 1 else "10", limit=limit)


def ordering(parsed: Parsed, question: Element, words: ReadWords) -> None:
    steps = [words(answer) for answer in _answers(parsed, question)]
    if len(steps) < 2:
        parsed.error = said(NO_RIGHT)
        return
    if said_text(question, "gradingtype") not in ("", "-1"):
        parsed.note(PART_ORDER)
    put_in_order(parsed, steps)


def cloze(parsed: Parsed, question: Element, words: ReadWords) -> None:
    """Typed parts become blanks of one question; parts of any other type make it one that cannot be held."""
    stem = parsed.fields["stem"]
    parts = _PART.findall(stem)
    if not parts or any(kind.upper() not in _TYPED for kind, _answers in parts) or parsed.fields.get("stem_en"):
        parsed.skipped = said(CLOZE)
        return
    blanks = [_ways(parsed, answers) for _kind, answers in parts]
    if not all(blanks):
        parsed.error = said(NO_RIGHT)
        return
    at = iter(range(1, len(blanks) + 1))
    parsed.kind = QuestionKind.FILL_IN
    parsed.fields["stem"] = _PART.sub(lambda _part: f"{{{{{next(at)}}}}}", stem)
    parsed.fields["key"] = {"blanks": blanks}


def _ways(parsed: Parsed, answers: str) -> list[str]:
    """The wordings of a part that are worth all its points."""
    ways = []
    for sign, weight, written in _WAY.findall(answers):
        text, _sharp, feedback = written.partition("#")
        text = re.sub(r"\\(.)", r"\1", text).strip()
        if feedback.strip():
            parsed.note(FEEDBACK)
        if sign == "=" or weight == "100":
            ways.append(text)
        elif weight:
            parsed.note(PART_WORDING, answer=text)
    return ways


KINDS: dict[str, Callable[[Parsed, Element, ReadWords], None]] = {
    "multichoice": multichoice,
    "truefalse": truefalse,
    "shortanswer": shortanswer,
    "numerical": numerical,
    "matching": matching,
    "match": matching,
    "cloze": cloze,
    "multianswer": cloze,
    "essay": essay,
    "ordering": ordering,
}
