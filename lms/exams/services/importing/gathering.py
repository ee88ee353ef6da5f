"""From what was read to right questions: names, tags, what the file left open, and what is wrong."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from lms.exams.enums import QuestionFormat
from lms.exams.services.bank_file import NO_EXPLANATION, Case, Item
from lms.exams.validators import NotAnAnswer, as_words

from .faults import faults_of, outgrown
from .files import MAX_ITEMS, too_large
from .parsed import TOO_LONG, Parsed, Picture, said

RENAMED = _("Its name “%(name)s” became “%(ref)s”.")
TWICE = _("The file has this name twice; this one was not read.")
SAME_TWICE = _("The same question stands in the file twice; it is taken once.")
UNSEEN_MARKS = _("Marks that nobody sees (direction, width, control) were taken out.")
LAW_SHAPE = _("A legal basis is written as code/article/day, as in pat/10/2021-06-01: “%(text)s”.")

UNSORTED = "unsorted"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 8000
LONGEST_REF = 60
SHOWN = 60


@dataclass(slots=True)
class Entry:
    """A question or a case of a file, judged by itself: a right one, or what is wrong."""

    ref: str
    place: str
    # How it begins, for people who look through the list.
    words: str = ""
    item: Item | None = None
    case_text: dict[str, Any] | None = None
    case: str = ""
    module: str = ""
    # Fields that the file does not say; where the bank knows the question, its own stay.
    unsaid: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    flaws: dict[str, str] = field(default_factory=dict)
    error: str = ""
    skipped: str = ""
    pictures: list[Picture] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return not (self.error or self.skipped or self.flaws)


def slug_of(name: str) -> str:
    """A short name made from a name: its own letters if they are Latin, else a mark of its own."""
    plain = unicodedata.normalize("NFKC", name).strip().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if slug and len(slug) <= LONGEST_REF and all(ord(letter) < 128 for letter in plain):
        return slug
    return f"q-{_mark(plain)}"


def _mark(text: str) -> str:
    return blake2b(text.encode(), digest_size=5).hexdigest()


def _content(parsed: Parsed) -> str:
    return repr([parsed.kind, *(parsed.fields.get(name) for name in ("stem", "options", "choices", "key"))])


class _Names:
    """Gives each question of a file a name of its own, the same one whenever the file is read again."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}

    def give(self, parsed: Parsed) -> str:
        content = _content(parsed)
        wanted = parsed.ref or parsed.name
        ref = slug_of(wanted or parsed.fields.get("stem", "") or content)
        if parsed.error or parsed.skipped:
            return ref
        if ref in self._taken and not parsed.ref:
            if self._taken[ref] == content:
                parsed.skipped = parsed.skipped or said(SAME_TWICE)
                return ref
            ref = f"{ref[: LONGEST_REF - 11]}-{_mark(content)}"
        if ref in self._taken:
            parsed.error = parsed.error or said(TWICE)
        self._taken.setdefault(ref, content)
        if parsed.ref and ref != parsed.ref:
            parsed.note(RENAMED, name=parsed.ref[:60], ref=ref)
        return ref


def _clean(parsed: Parsed, value: Any) -> Any:
    """Every text without marks that nobody sees."""
    if isinstance(value, dict):
        return {name: _clean(parsed, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_clean(parsed, inner) for inner in value]
    if not isinstance(value, str):
        return value
    words = as_words(value, LONGEST)
    if words != value.replace("\r\n", "\n").replace("\r", "\n"):
        parsed.note(UNSEEN_MARKS)
    return words


def _bases(parsed: Parsed) -> list[dict[str, Any]]:
    found = []
    for text in parsed.all_of("law"):
        code, _slash, rest = text.partition("/")
        article, _slash, day = rest.rpartition("/")
        try:
            found.append({"law": code, "article": article, "as_of": date.fromisoformat(day)})
        except ValueError:
            parsed.flaws["law"] = said(LAW_SHAPE, text=text[:60])
    return found


def _from_category(category: str) -> str:
    last = category.rstrip("/").rpartition("/")[2].strip()
    slug = re.sub(r"[\s_]+", "-", last.lower())
    return slug if _SLUG.fullmatch(slug) and len(slug) <= LONGEST_REF and slug not in ("top", "default") else ""


def _completed(parsed: Parsed, ref: str, file_format: QuestionFormat) -> dict[str, Any]:
    """The fields of the item; what every question needs and the file does not say is filled in, and said."""
    fields = {name: value for name, value in parsed.fields.items() if value not in ("", None)}
    for name in ("topic", "difficulty", "level", "competency", "source", "unit", "unit_en"):
        if name not in fields and parsed.tag(name):
            fields[name] = parsed.tag(name)
    fields.setdefault("topic", _from_category(parsed.category))
    filled = {
        "topic": UNSORTED,
        "difficulty": "medium",
        "explanation": NO_EXPLANATION,
        "source": f"导入自 {file_format.label} 文件" if file_format != QuestionFormat.XLSX else "导入自 Excel 文件",
    }
    parsed.unsaid |= {name for name in filled if not fields.get(name)}
    fields.update({name: filled[name] for name in filled if name in parsed.unsaid})
    if file_format != QuestionFormat.XLSX:
        parsed.unsaid |= {name for name in ("level", "competency") if not fields.get(name)}
        parsed.unsaid |= set() if parsed.all_of("law") else {"law"}
    if parsed.all_of("law"):
        fields["law"] = _bases(parsed)
    return {**fields, "ref": ref, "kind": parsed.kind}


def _case(parsed: Parsed) -> Entry:
    """The text of a case; its questions name it."""
    ref = parsed.tag("case") or parsed.ref
    title = parsed.fields.get("title") or parsed.name or ref
    entry = Entry(ref, parsed.place, notes=parsed.notes, pictures=parsed.pictures, error=parsed.error)
    entry.case_text = {
        "ref": ref,
        "title": title,
        "title_en": parsed.fields.get("title_en", "") or parsed.tag("title-en"),
        "text": parsed.fields.get("stem", ""),
        "text_en": parsed.fields.get("stem_en", ""),
        "figures": parsed.fields.get("figures", []),
    }
    # Judged without its questions, each of which is judged by itself.
    wrong = _case_faults(entry.case_text)
    entry.flaws = {**parsed.flaws, **wrong}
    return entry


def _case_faults(text: dict[str, Any]) -> dict[str, str]:
    try:
        Case.model_validate({**text, "questions": []})
    except ValidationError as error:
        return {name: sentence for name, sentence in faults_of(error).items() if name != "questions"}
    return {}


def _question(parsed: Parsed, ref: str, file_format: QuestionFormat) -> Entry:
    entry = Entry(ref, parsed.place, notes=parsed.notes, flaws=parsed.flaws, pictures=parsed.pictures)
    entry.case = parsed.case or parsed.tag("case")
    entry.module = parsed.fields.pop("module", "") or parsed.tag("module")
    entry.error, entry.skipped = parsed.error, parsed.skipped
    if not entry.is_right:
        return entry
    fields = _completed(parsed, ref, file_format)
    entry.unsaid = parsed.unsaid
    entry.flaws.update(outgrown({**fields, "module": entry.module}))
    try:
        entry.item = Item.model_validate(fields)
    except ValidationError as error:
        entry.flaws.update(faults_of(error))
    if entry.flaws:
        entry.item = None
    return entry


def gather(read: Iterable[Parsed], file_format: QuestionFormat) -> list[Entry]:
    """Every entry of a file in its order, judged by itself."""
    names, cases = _Names(), set[str]()
    entries: list[Entry] = []
    for parsed in read:
        if len(entries) >= MAX_ITEMS:
            raise too_large()
        try:
            parsed.fields = _clean(parsed, parsed.fields)
            parsed.tags = [as_words(tag, LONGEST).strip() for tag in parsed.tags]
        except NotAnAnswer:
            parsed.error = said(TOO_LONG, most=f"{LONGEST:,}")
        if parsed.is_case:
            entry = _case(parsed)
            entry.error = entry.error or (said(TWICE) if entry.ref in cases else "")
            cases.add(entry.ref)
        else:
            entry = _question(parsed, names.give(parsed), file_format)
        entry.words = " ".join(str(parsed.fields.get("title") or parsed.fields.get("stem", "")).split())[:SHOWN]
        entries.append(entry)
    return entries
