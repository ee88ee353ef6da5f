"""Excel workbooks, read row by row and never trusted: they are zip files that strangers send."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .sheet import MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED, RosterTooLarge, RosterUnreadable

# A double keeps fifteen digits; Excel turns the rest of a longer number into noughts.
_EXACT = 10**15
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text, with what cannot be seen in the text any more."""

    text: str
    is_formula: bool = False
    lost_digits: bool = False


def looks_like_workbook(content: bytes) -> bool:
    """Whether these bytes begin like a zip file."""
    return content.startswith(b"PK\x03\x04")


def _refuse_bomb(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            raise RosterTooLarge(rows=MAX_ROWS)


def _as_cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return Cell("")
    if cell.data_type in ("f", "e"):
        return Cell(str(value), is_formula=True)
    if isinstance(value, datetime):
        return Cell(value.date().isoformat())
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = str(int(value)) if float(value).is_integer() else str(value)
        return Cell(text, lost_digits=abs(value) >= _EXACT)
    return Cell(str(value).strip())


def workbook_rows(content: bytes) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows of the first worksheet with their numbers; formulas are not calculated."""
    try:
        _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        page = book.worksheets[0]
        page.reset_dimensions()  # what the file says about its own size may be wrong
        for number, cells in enumerate(page.iter_rows(max_col=MAX_COLUMNS), start=1):
            yield number, [_as_cell(cell) for cell in cells]
    except _DAMAGE as error:
        raise RosterUnreadable from error
