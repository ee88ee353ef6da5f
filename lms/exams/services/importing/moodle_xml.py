"""Questions in Moodle XML, as Moodle publishes the format. https://docs.moodle.org/en/Moodle_XML_format"""

import base64
import binascii
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_lazy as _

from .hypertext import read_words
from .moodle_kinds import KINDS, said_text
from .parsed import DESCRIPTION, POINTS, Parsed, Words, said
from .xml_tree import read_tree

PENALTY = _("Penalties for tries are not carried over.")
HINTS = _("Hints between tries are not carried over.")
HIDDEN = _("It was hidden there; here every question begins as a draft.")
CALCULATED = _("A calculated question draws its numbers anew for everybody, which this bank cannot hold.")
UNKNOWN = _("Questions of the type “%(type)s” have no counterpart here.")
BROKEN_FILE = _("A file in the question is damaged: %(name)s")
NO_WORDS = _("The question has no words.")
COMBINED = _("Feedback for right, partly right and wrong answers is not carried over.")

_STYLES = {"html": "html", "plain_text": "plain", "markdown": "markdown", "moodle_auto_format": "auto"}
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def style_of(element: Element) -> str:
    """How the text of an element is written; hypertext where it does not say."""
    return _STYLES.get(element.get("format", "html"), "html")


def _files(parsed: Parsed, question: Element) -> dict[str, bytes]:
    """The files that came with any part of a question, by the names that its texts call them."""
    found: dict[str, bytes] = {}
    for file in question.iter("file"):
        name = f"{file.get('path', '/').strip('/')}/{file.get('name', '')}".lstrip("/")
        try:
            found[name] = base64.b64decode("".join((file.text or "").split()), validate=True)
        except (binascii.Error, ValueError):
            parsed.note(BROKEN_FILE, name=name[:80])
    return found


def _tell_losses(parsed: Parsed, question: Element) -> None:
    losses = (
        (PENALTY, _number(question, "penalty") > 0),
        (HINTS, question.find("hint") is not None),
        (HIDDEN, said_text(question, "hidden") == "1"),
        (POINTS, _number(question, "defaultgrade", 1.0) != 1.0 and question.get("type") != "essay"),
        (COMBINED, any(said_text(question, f"{name}/text") for name in _COMBINED)),
    )
    for sentence, happens in losses:
        if happens:
            parsed.note(sentence)


def _number(question: Element, name: str, otherwise: float = 0.0) -> float:
    try:
        return float(said_text(question, name) or otherwise)
    except ValueError:
        return otherwise


def _read(question: Element, number: int, category: str) -> Parsed:
    kind = question.get("type", "")
    parsed = Parsed(place=said(_("question %(number)s"), number=str(number)), category=category)
    parsed.name = said_text(question, "name/text")
    parsed.ref = said_text(question, "idnumber")
    parsed.tags = [(tag.text or "").strip() for tag in question.findall("tags/tag/text")]
    files = _files(parsed, question)

    def words(element: Element | None) -> Words:
        text = "" if element is None else (element.findtext("text") or "")
        return read_words(parsed, text, "html" if element is None else style_of(element), files)

    stem = words(question.find("questiontext"))
    parsed.fields.update(stem=stem.text, stem_en=stem.text_en)
    general = words(question.find("generalfeedback"))
    parsed.fields.update(explanation=general.text, explanation_en=general.text_en)
    if kind == "description" and parsed.tag("case"):
        parsed.is_case = True
    elif kind == "description":
        parsed.skipped = said(DESCRIPTION)
    elif kind.startswith("calculated"):
        parsed.skipped = said(CALCULATED)
    elif kind not in KINDS:
        parsed.skipped = said(UNKNOWN, type=kind[:40])
    elif not stem.text:
        parsed.error = said(NO_WORDS)
    else:
        _tell_losses(parsed, question)
        KINDS[kind](parsed, question, words)
    return parsed


def read_moodle_xml(content: bytes) -> list[Parsed]:
    """Every question of a file in its order."""
    read: list[Parsed] = []
    category = ""
    for question in read_tree(content, "quiz").findall("question"):
        if question.get("type") == "category":
            category = said_text(question, "category/text")
        else:
            read.append(_read(question, len(read) + 1, category))
    return read
