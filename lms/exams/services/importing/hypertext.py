"""Words from hypertext: their letters, their English twin, their pictures, and what cannot be shown here."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from django.utils.translation import gettext_lazy as _

from .parsed import TOO_LONG, Parsed, Picture, Words, said

STYLE = _("Bold, colours and the like are not carried over.")
TABLE = _("A table became lines of text, its cells parted by bars.")
FORMULA = _("Formulas in TeX stay as they were typed.")
MEDIA = _("Sound, film and embedded pages are not carried over.")
SCRIPT = _("Scripts and style sheets in the text are not carried over.")
LINK = _("Links became text; their addresses are not carried over.")
FAR_PICTURE = _("A picture that is not in the file is not fetched: %(name)s")
MARKDOWN = _("Marks of Markdown stay as they were typed.")

_BLOCKS = {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"}
_STYLES = {"b", "strong", "i", "em", "u", "s", "strike", "del", "font", "mark", "small", "big", "h1", "h2", "h3", "h4"}
_MEDIA = {"audio", "video", "iframe", "object", "embed", "canvas", "svg"}
_HIDDEN = {"script", "style", "template"}
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_DATA = re.compile(r"data:image/[a-z+.-]{1,20};base64,[a-z0-9+/=\s]*", re.IGNORECASE)
_LIFTED = re.compile(r"lifted:(\d+)")
# What one text may hold beside its pictures; far above every question, far below what slows a parser down.
LONGEST_TEXT = 16_000
# Signs of “less than” that are no tags; more of them are hypertext cut to pieces.
MOST_OPEN = 20
BROKEN = _("The hypertext of the question is cut to pieces: its tags do not close.")
_TEX = re.compile(r"\\\(|\\\[|\$\$")
_MARKS = re.compile(r"(\*\*|__)\S|^#{1,6} |!?\[[^\[\]]+\]\([^()]+\)", re.MULTILINE)
PLUGIN = "@@PLUGINFILE@@/"


@dataclass(slots=True)
class _Reader(HTMLParser):
    """Walks through the tags; never follows an address."""

    parsed: Parsed
    files: Mapping[str, bytes]
    lifted: list[bytes]
    both: dict[str, list[str]] = field(default_factory=lambda: {"zh": [], "en": []})
    spans: list[str] = field(default_factory=list)
    hidden: int = 0
    raised: str = ""
    has_english: bool = False

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)

    def _write(self, text: str) -> None:
        language = next((span for span in reversed(self.spans) if span), "")
        for name in (language,) if language else ("zh", "en"):
            self.both[name].append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "span":
            self._span(given)
        elif tag in ("sup", "sub"):
            self.raised = tag
        elif tag == "img":
            self._picture(given)
        elif tag == "br" or tag in _BLOCKS:
            self._write("\n")
            if tag == "li":
                self._write("· ")
        elif tag in ("td", "th"):
            self.parsed.note(TABLE)
        self._lost(tag, given)

    def _lost(self, tag: str, given: dict[str, str]) -> None:
        if tag in _STYLES or "style" in given:
            self.parsed.note(STYLE)
        if tag in _MEDIA:
            self.parsed.note(MEDIA)
        if tag == "a" and given.get("href"):
            self.parsed.note(LINK)
        if tag in _HIDDEN:
            self.parsed.note(SCRIPT)
            self.hidden += 1

    def _span(self, given: dict[str, str]) -> None:
        if "multilang" not in given.get("class", ""):
            self.spans.append("")
            return
        language = "en" if given.get("lang", "").lower().startswith("en") else "zh"
        self.has_english = self.has_english or language == "en"
        self.spans.append(language)

    def _picture(self, given: dict[str, str]) -> None:
        source, alt = given.get("src", ""), given.get("alt", "").strip()
        name = unquote(source.removeprefix(PLUGIN).split("?")[0])
        content: bytes | None
        lifted = _LIFTED.fullmatch(source)
        if lifted:
            name, content = "", self.lifted[int(lifted.group(1))]
        else:
            content = self.files.get(name) if source.startswith(PLUGIN) else None
        if content is None:
            self.parsed.note(FAR_PICTURE, name=source[:80])
            return
        kept = Picture(name, content, alt)
        if kept not in self.parsed.pictures:
            self.parsed.pictures.append(kept)

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self.spans:
            self.spans.pop()
        elif tag in ("sup", "sub"):
            self.raised = ""
        elif tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in ("td", "th"):
            self._write(" | ")
        elif tag in _BLOCKS:
            self._write("\n")

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        text = re.sub(r"[ \t\n\r\f]+", " ", data)
        if self.raised:
            text = _set_off(text, self.raised)
        self._write(text)


def _set_off(text: str, how: str) -> str:
    """Raised and lowered digits as their own letters; other letters behind a sign."""
    table, sign = (_RAISED, "^") if how == "sup" else (_LOWERED, "_")
    return text.translate(table) if text.strip() and all(ord(letter) in table for letter in text) else f"{sign}{text}"


def _embedded(written: str) -> bytes:
    """The bytes of a picture inside the text; none where they are damaged."""
    try:
        return base64.b64decode(written.partition(",")[2], validate=False)
    except (binascii.Error, ValueError):
        return b""


def _without_comments(text: str) -> str:
    """Comments and declarations, which office programs leave behind, taken out in one walk."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("-->", start)
        at = end + 3 if end >= 0 else len(text)
    kept.append(text[at:])
    return "".join(kept).replace("<!", "&lt;!").replace("<?", "&lt;?")


def _lift(written: str, lifted: list[bytes]) -> str:
    """Put a picture aside while the text around it is read."""
    lifted.append(_embedded(written))
    return f"lifted:{len(lifted) - 1}"


def _tidy(pieces: list[str]) -> str:
    lines = [re.sub(r" {2,}", " ", line).strip() for line in "".join(pieces).replace("\xa0", " ").split("\n")]
    text = "\n".join(line.removesuffix("|").rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def read_words(parsed: Parsed, text: str, style: str, files: Mapping[str, bytes] | None = None) -> Words:
    """The words of a text in `style`: html, plain, markdown or auto, which is hypertext if it looks like it."""
    if _TEX.search(text):
        parsed.note(FORMULA)
    if style == "markdown" and _MARKS.search(text):
        parsed.note(MARKDOWN)
    if style in ("plain", "markdown") or (style == "auto" and not _TAG.search(text)):
        return Words(text.strip())
    lifted: list[bytes] = []
    text = _DATA.sub(lambda found: _lift(found.group(), lifted), text)
    if len(text) > LONGEST_TEXT:
        parsed.error = parsed.error or said(TOO_LONG, most=f"{LONGEST_TEXT:,}")
        return Words(parsed.error)
    reader = _Reader(parsed, files or {}, lifted)
    text = _without_comments(text)
    if text.count("<") > text.count(">") + MOST_OPEN:
        parsed.error = parsed.error or said(BROKEN)
        return Words(parsed.error)
    reader.feed(text.replace("\n", "<br>") if style == "auto" else text)
    reader.close()
    return Words(_tidy(reader.both["zh"]), _tidy(reader.both["en"]) if reader.has_english else "")
