"""A roster as it was read: rows of text, and what could not be read in them."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from lms.kernel.commands import UnreadableInput
from lms.kernel.refusals import Refusal

from .columns import Column

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 60
MAX_CELL = 200


class RosterUnreadable(UnreadableInput):
    """The bytes are no table that we know."""

    code = "roster-unreadable"
    message = _("This file is neither an Excel workbook (.xlsx) nor a text table (.csv) in UTF-8 or GB18030.")


class OldWorkbook(RosterUnreadable):
    """The format of Excel before 2007, or a workbook locked with a password."""

    code = "roster-old-workbook"
    message = _("This workbook is in the old .xls format or locked by a password. Save it as .xlsx and try again.")


class RosterTooLarge(RosterUnreadable):
    """Larger than any roster: a mistake, or made to harm."""

    code = "roster-too-large"
    message = _("The file is larger than a roster can be: at most 5 MB and %(rows)s rows.")


class ColumnMissing(Refusal):
    """Without names and mail addresses nobody can be registered."""

    code = "roster-column-missing"
    message = _("The table has no column “%(column)s”. The first row must carry the headings.")


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a row, in which column, in the words of the person who made the table."""

    column: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row, by its number in the sheet as Excel shows it; `flaws` are cells that cannot be trusted."""

    number: int
    cells: dict[Column, str]
    flaws: tuple[RowError, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.flaws and not any(self.cells.values())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole roster; `unread` are headings of columns that nobody asked for."""

    rows: tuple[SheetRow, ...]
    unread: tuple[str, ...]
    digest: str


def digest_of(content: bytes) -> str:
    """What tells one file from another."""
    return sha256(content).hexdigest()
