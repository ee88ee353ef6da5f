"""Excel workbooks of questions, read row by row and never trusted: they are zip files that strangers send."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.exceptions import InvalidFileException

from .files import QuestionsUnreadable, too_large

MAX_UNPACKED = 48 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_SHEETS = 40
MAX_CELL = 8000
_OLD_WORKBOOK = bytes.fromhex("d0cf11e0a1b11ae1")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    DefusedXmlException,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)


class OldWorkbook(QuestionsUnreadable):
    code = "questions-old-workbook"
    message = _("This workbook is in the old .xls format or locked by a password. Save it as .xlsx and try again.")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text, with what cannot be seen in the text any more."""

    text: str
    is_formula: bool = False
    is_styled: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A worksheet: its name, and its rows by their number as Excel shows it."""

    title: str
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook, read to its end."""

    pages: list[Page]
    has_pictures: bool


def _refuse_bomb(content: bytes) -> bool:
    """Look at what the archive says of itself; answers whether pictures are in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED or len(entries) > 1000:
            raise too_large()
        return any(entry.filename.startswith("xl/media/") for entry in entries)


def _as_cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return Cell("")
    if cell.data_type in ("f", "e"):
        return Cell(str(getattr(value, "text", value)), is_formula=True)
    if isinstance(value, datetime | date):
        return Cell(value.date().isoformat() if isinstance(value, datetime) else value.isoformat())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Cell(str(int(value)) if float(value).is_integer() else repr(value))
    styled = isinstance(value, CellRichText) and any(_is_styled(part) for part in value)
    return Cell(str(value).replace("_x000D_", "").strip(), is_styled=styled)


def _is_styled(part: object) -> bool:
    """Whether a run of letters is raised, lowered, struck out or bold: what plain words lose."""
    if not isinstance(part, TextBlock):
        return False
    font = part.font
    return font.vertAlign in ("superscript", "subscript") or any((font.strike, font.b, font.i, font.u))


def _rows(page: Any) -> Iterator[tuple[int, list[Cell]]]:
    page.reset_dimensions()  # what the file says about its own size may be wrong
    for number, cells in enumerate(page.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > MAX_ROWS:
            raise too_large()
        read = [_as_cell(cell) for cell in cells]
        while read and not read[-1].text:
            read.pop()
        if read:
            yield number, read


def read_book(content: bytes) -> Book:
    """Every worksheet with its rows; formulas are not calculated, and nothing outside the file is asked."""
    if content.startswith(_OLD_WORKBOOK):
        raise OldWorkbook
    try:
        has_pictures = _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False, rich_text=True)
        if len(book.worksheets) > MAX_SHEETS:
            raise too_large()
        return Book([Page(page.title, list(_rows(page))) for page in book.worksheets], has_pictures)
    except _DAMAGE as error:
        raise QuestionsUnreadable(format="Excel (.xlsx)") from error
