"""What stands between the braces of a GIFT question."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lms.exams.enums import QuestionKind

from .hypertext import read_words
from .numbers import count, count_between
from .parsed import (
    FEEDBACK,
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
    said,
    write_up,
)

ESCAPES = re.compile(r"\\([~=#{}:n\\])")
HALF_PAIR = _("A pair of the matching has no “->” between its sides: “%(pair)s”.")
NO_ANSWER = _("The braces hold nothing that is an answer: “%(text)s”.")

HIDDEN = re.compile("[\U000f0000-\U000f00ff]")
TOO_MANY = _("It has more than %(most)s answers.")
MOST_ANSWERS = 100
_WEIGHT = re.compile(r"^%(-?\d+(?:\.\d+)?)%")
_TRUTH = re.compile(r"^(TRUE|T|FALSE|F)$", re.IGNORECASE)
_STAR = "*"


def unescaped(text: str) -> str:
    """Escaped letters as themselves."""
    return HIDDEN.sub(lambda found: "\n" if found.group() == "\U000f006e" else chr(ord(found.group()) - 0xF0000), text)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer between the braces."""

    sign: str
    text: str
    weight: float | None

    @property
    def percent(self) -> float:
        return self.weight if self.weight is not None else (100.0 if self.sign == "=" else 0.0)


def _answers(parsed: Parsed, text: str) -> list[Answer]:
    found = []
    for sign, written in re.findall(r"([=~])([^=~]*)", text):
        body, _sharp, feedback = written.strip().partition("#")
        if feedback.strip():
            parsed.note(FEEDBACK)
        weight = _WEIGHT.match(body)
        words = body[weight.end() :] if weight else body
        found.append(Answer(sign, words.strip(), float(weight.group(1)) if weight else None))
    return found


def read_answers(parsed: Parsed, text: str, style: str) -> None:
    """Make the question what its answers say it is, in the order in which the format asks."""
    if text.count("=") + text.count("~") > MOST_ANSWERS:
        parsed.error = said(TOO_MANY, most=str(MOST_ANSWERS))
        return
    text, _signs, general = text.partition("####")
    if general.strip():
        words = _words(parsed, general.strip(), style)
        parsed.fields.update(explanation=words.text, explanation_en=words.text_en)
    text = text.strip()
    if not text:
        write_up(parsed)
    elif text.startswith("#"):
        _number(parsed, text[1:].strip())
    elif "~" in text:
        _choice(parsed, text, style)
    elif text.startswith("=") and "->" in text:
        _matching(parsed, text, style)
    elif _TRUTH.match(text.split("#")[0].strip()):
        if "#" in text:
            parsed.note(FEEDBACK)
        decide(parsed, text[0].upper() == "T")
    elif text.startswith("="):
        _wordings(parsed, text)
    else:
        parsed.error = said(NO_ANSWER, text=unescaped(text)[:60])


def _words(parsed: Parsed, text: str, style: str) -> Words:
    """The words of an answer, which may name a style of its own."""
    own = re.match(r"^\[(html|plain|markdown|moodle)\]\s*", text)
    if own:
        text, style = text[own.end() :], {"moodle": "auto"}.get(own.group(1), own.group(1))
    return read_words(parsed, unescaped(text), style)


def _choice(parsed: Parsed, text: str, style: str) -> None:
    answers = _answers(parsed, text)
    single = any(answer.sign == "=" for answer in answers)
    worth = [answer.percent for answer in answers if answer.percent > 0]
    if not single and parsed.tag("kind") != QuestionKind.MULTIPLE:
        single = len(worth) == 1 and worth[0] >= 100
    choices = [Choice(_words(parsed, answer.text, style), answer.percent) for answer in answers]
    choose(parsed, choices, single=single)


def _matching(parsed: Parsed, text: str, style: str) -> None:
    pairs, spare = [], []
    for answer in _answers(parsed, text):
        left, arrow, right = answer.text.partition("->")
        if not arrow or not right.strip():
            parsed.error = said(HALF_PAIR, pair=unescaped(answer.text)[:60])
            return
        side = _words(parsed, right.strip(), style)
        if left.strip():
            pairs.append((_words(parsed, left.strip(), style), side))
        else:
            spare.append(side)
    pair(parsed, pairs, spare)


def _wordings(parsed: Parsed, text: str) -> None:
    ways: list[str] = []
    for answer in _answers(parsed, text):
        words = unescaped(answer.text)
        if _STAR in answer.text.replace("\\*", ""):
            parsed.note(WILDCARD, answer=words)
        elif answer.percent < 100:
            parsed.note(PART_WORDING, answer=words)
        elif words:
            ways.append(words.replace("\\*", "*"))
    if not ways:
        parsed.error = "" if parsed.notes else said(NO_RIGHT)
        parsed.skipped = parsed.notes[-1] if parsed.notes else ""
        return
    fill(parsed, ways)


def _number(parsed: Parsed, text: str) -> None:
    if "=" not in text:
        plain, _sharp, feedback = text.partition("#")
        if feedback.strip():
            parsed.note(FEEDBACK)
        _one_number(parsed, plain.strip())
        return
    answers = _answers(parsed, text)
    right = [answer for answer in answers if answer.sign == "=" and answer.percent >= 100]
    if len(answers) > 1:
        parsed.note(MORE_NUMBERS)
    if not right:
        parsed.error = said(NO_RIGHT)
        return
    _one_number(parsed, right[0].text)


def _one_number(parsed: Parsed, text: str) -> None:
    text = unescaped(text)
    if ".." in text:
        count_between(parsed, *text.split("..", 1))
        return
    value, _colon, tolerance = text.partition(":")
    count(parsed, value, tolerance)
