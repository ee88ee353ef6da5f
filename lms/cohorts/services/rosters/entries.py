"""One row of a roster, cleaned and checked on its own."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lms.accounts.enums import IdentityKind
from lms.accounts.services.identity import checked, hash_of
from lms.accounts.validators import IdentityNumberInvalid
from lms.kernel.levels import LevelCode

from .columns import Column
from .sheet import RowError, SheetRow

_PAPERS = {
    "": IdentityKind.RESIDENT,
    "居民身份证": IdentityKind.RESIDENT,
    "身份证": IdentityKind.RESIDENT,
    "resident": IdentityKind.RESIDENT,
    "护照": IdentityKind.PASSPORT,
    "passport": IdentityKind.PASSPORT,
    "港澳台居民来往大陆通行证": IdentityKind.HMT_PERMIT,
    "港澳居民来往内地通行证": IdentityKind.HMT_PERMIT,
    "台湾居民来往大陆通行证": IdentityKind.HMT_PERMIT,
    "hmt-permit": IdentityKind.HMT_PERMIT,
}
_LEVELS = {
    LevelCode.JUNIOR: ("初级", "初级技术经纪人", "junior"),
    LevelCode.INTERMEDIATE: ("中级", "中级技术经纪人", "中级技术经理人", "intermediate"),
    LevelCode.SENIOR: ("高级", "高级技术经理人", "senior"),
}
_BETWEEN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
# Texts that are kept as they were written, and how long they may be.
_LONGEST = {Column.NAME: 60, Column.LATIN_NAME: 120, Column.EMPLOYER: 120}
_BLANKS = frozenset({"-", "—", "/", "无"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says about a person. The plain number is here only while the file is being read."""

    name: str
    latin_name: str
    mail: str
    kind: IdentityKind
    typed_number: str
    number: str
    digest: str
    employer: str

    @property
    def masked_number(self) -> str:
        """The number as it stands in the table, as a preview shows it: head and tail, right or wrong."""
        typed = self.typed_number
        return typed[:4] + "*" * (len(typed) - 8) + typed[-4:] if len(typed) > 8 else "*" * len(typed)


def _plain(column: Column, text: str) -> str:
    """A cell in one line; wide letters become plain ones where people do not read but machines do."""
    if column not in _LONGEST:
        text = unicodedata.normalize("NFKC", text)
    text = " ".join(text.split())
    return "" if text in _BLANKS else text


def _name(text: str, errors: list[RowError]) -> str:
    name = _BETWEEN_CHINESE.sub("", text)
    if not name:
        errors.append(RowError(Column.NAME, "missing", _("The name is missing.")))
    return name


def _mail(text: str, errors: list[RowError]) -> str:
    if not text:
        words = _("The mail address is missing; without it the person cannot be told anything.")
        errors.append(RowError(Column.MAIL, "missing", words))
        return ""
    try:
        validate_email(text)
    except ValidationError:
        errors.append(RowError(Column.MAIL, "mail-invalid", _("This is not a mail address.")))
        return ""
    return text.lower()


def _identity(paper: str, number: str, errors: list[RowError], now: datetime) -> tuple[IdentityKind, str, str]:
    kind = _PAPERS.get(paper.lower())
    if kind is None:
        words = _("“%(paper)s” is no document that is known here.") % {"paper": paper}
        errors.append(RowError(Column.PAPER, "paper-unknown", words))
        return IdentityKind.RESIDENT, "", ""
    if not number:
        return kind, "", ""
    try:
        folded = checked(kind, number, now=now)
    except IdentityNumberInvalid as refusal:
        errors.append(RowError(Column.NUMBER, refusal.code, str(refusal)))
        return kind, "", ""
    return kind, folded, hash_of(kind, folded)


def _check_level(text: str, level: str, errors: list[RowError]) -> None:
    if text and text.lower() not in _LEVELS[LevelCode(level)]:
        ours = _LEVELS[LevelCode(level)][-1 if get_language() == "en" else 0]
        words = _("This cohort is %(cohort)s, the sheet says %(sheet)s.") % {"cohort": ours, "sheet": text}
        errors.append(RowError(Column.LEVEL, "level-differs", words))


def _check_lengths(cells: dict[Column, str], errors: list[RowError]) -> None:
    for column, limit in _LONGEST.items():
        if len(cells[column]) > limit:
            words = _("This is longer than %(limit)s characters.") % {"limit": limit}
            errors.append(RowError(column, "too-long", words))


def entry_of(row: SheetRow, *, level: str, now: datetime) -> tuple[Entry | None, tuple[RowError, ...]]:
    """What the row says, and everything that is wrong with it; a cell that was not read is not judged twice."""
    errors = list(row.flaws)
    if errors:
        return None, tuple(errors)
    cells = {column: _plain(column, row.cells.get(column, "")) for column in Column}
    _check_lengths(cells, errors)
    kind, number, digest = _identity(cells[Column.PAPER], cells[Column.NUMBER], errors, now)
    entry = Entry(
        name=_name(cells[Column.NAME], errors),
        latin_name=cells[Column.LATIN_NAME],
        mail=_mail(cells[Column.MAIL], errors),
        kind=kind,
        typed_number=cells[Column.NUMBER],
        number=number,
        digest=digest,
        employer=cells[Column.EMPLOYER],
    )
    _check_level(cells[Column.LEVEL], level, errors)
    return entry, tuple(errors)
