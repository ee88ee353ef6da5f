"""Questions in GIFT, as Moodle publishes the format. https://docs.moodle.org/en/GIFT_format"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from .files import CutShort
from .gift_answers import ESCAPES, HIDDEN, read_answers, unescaped
from .hypertext import read_words
from .parsed import DESCRIPTION, Parsed, said

NO_BRACE = _("The braces of the answers do not close. A question must not contain an empty line.")
STRAY_BRACE = _("There is more than one pair of braces. A brace that is part of the text needs a backslash before it.")
NO_WORDS = _("The question has no words.")

_STYLES = {"html": "html", "plain": "plain", "markdown": "markdown", "moodle": "auto"}
_STYLE = re.compile(r"^\[(html|plain|markdown|moodle)\]\s*")
# A bracket inside a tag is escaped; so no search ever runs over the next one.
_ID = re.compile(r"\[id:((?:\\.|[^\[\]\\])+)\]")
_TAG = re.compile(r"\[tag:((?:\\.|[^\[\]\\])+)\]")
_ESCAPED = re.compile(r"\\(.)")
_TITLE = re.compile(r"^::(.*?)::\s*", re.DOTALL)
GAP = " _____ "
BLANK = "{{1}}"


@dataclass(slots=True)
class Chunk:
    """The lines of one question, with what the comments before it say."""

    line: int
    category: str
    lines: list[str] = field(default_factory=list)
    ref: str = ""
    tags: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()

    def is_open(self) -> bool:
        """Whether more braces open than close."""
        text = ESCAPES.sub("", self.text)
        return text.count("{") > text.count("}")


def _hear(chunk: Chunk, comment: str) -> None:
    name = _ID.search(comment)
    chunk.ref = _ESCAPED.sub(r"\1", name.group(1)).strip() if name else chunk.ref
    chunk.tags += [_ESCAPED.sub(r"\1", tag).strip() for tag in _TAG.findall(comment)]


def _chunks(text: str) -> Iterator[Chunk]:
    """Questions are parted by empty lines; comments may stand anywhere at the start of a line."""
    category = ""
    chunk = Chunk(1, category)
    for number, line in enumerate(text.split("\n"), start=1):
        plain = line.strip()
        if plain.startswith("//"):
            _hear(chunk, plain)
        elif plain.startswith("$CATEGORY:") and not chunk.lines:
            category = chunk.category = plain.removeprefix("$CATEGORY:").strip()
        elif plain:
            chunk.line = chunk.line if chunk.lines else number
            chunk.lines.append(line)
        elif chunk.lines:
            yield chunk
            chunk = Chunk(number, category)
    if chunk.lines:
        if chunk.is_open():
            raise CutShort(line=str(chunk.line))
        yield chunk


def _split(text: str) -> tuple[str, str | None, str] | None:
    """Words before the braces, what stands in them, words after; nothing where the braces are not one pair."""
    opened, closed = text.count("{"), text.count("}")
    if opened == closed == 0:
        return text, None, ""
    start, end = text.find("{"), text.find("}")
    if opened != 1 or closed != 1 or end < start:
        return None
    return text[:start], text[start + 1 : end], text[end + 1 :]


def hide(text: str) -> str:
    """Escaped letters as letters that mean nothing to the format."""
    return ESCAPES.sub(lambda found: chr(0xF0000 + ord(found.group(1))), text)


def _read(chunk: Chunk) -> Parsed:
    parsed = Parsed(place=said(_("line %(line)s"), line=str(chunk.line)), category=chunk.category)
    parsed.ref, parsed.tags = chunk.ref, chunk.tags
    text = hide(chunk.text)
    title = _TITLE.match(text)
    if title:
        parsed.name, text = unescaped(title.group(1)).strip(), text[title.end() :]
    style = _STYLE.match(text)
    if style:
        text = text[style.end() :]
    parts = _split(text)
    if parts is None:
        parsed.name = parsed.name or f"line-{chunk.line}"
        parsed.error = said(NO_BRACE if text.count("{") != text.count("}") else STRAY_BRACE)
        return parsed
    _fill(parsed, parts, _STYLES[style.group(1)] if style else "auto")
    return parsed


def _fill(parsed: Parsed, parts: tuple[str, str | None, str], style: str) -> None:
    before, answers, after = parts
    stem = unescaped(f"{before.rstrip()}{GAP}{after.lstrip()}" if after.strip() else before).strip()
    if answers is not None and _is_wording(answers):
        # A blank stands where the answers stood, with the very spaces around it, unless the words mark one.
        blank = "" if BLANK in unescaped(before + after) else BLANK
        stem = unescaped(f"{before}{blank}{after}").strip()
    words = read_words(parsed, stem, style)
    parsed.fields.update(stem=words.text, stem_en=words.text_en)
    if not words.text:
        parsed.error = said(NO_WORDS)
    elif answers is None:
        parsed.is_case = bool(parsed.tag("case"))
        parsed.skipped = "" if parsed.is_case else said(DESCRIPTION)
    else:
        read_answers(parsed, answers.strip(), style)


def _is_wording(answers: str) -> bool:
    plain = answers.strip()
    return plain.startswith("=") and "~" not in plain and "->" not in plain


def read_gift(text: str) -> list[Parsed]:
    """Every question of a file in its order."""
    return [_read(chunk) for chunk in _chunks(HIDDEN.sub("", text))]
