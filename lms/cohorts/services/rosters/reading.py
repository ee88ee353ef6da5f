"""Reading a roster from bytes: Excel workbooks and text tables, whatever their encoding."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from .columns import LABELS, REQUIRED, Column, column_of
from .sheet import (
    MAX_BYTES,
    MAX_CELL,
    MAX_ROWS,
    ColumnMissing,
    OldWorkbook,
    RosterTooLarge,
    RosterUnreadable,
    RowError,
    Sheet,
    SheetRow,
    digest_of,
)
from .workbooks import Cell, looks_like_workbook, workbook_rows

_OLD_WORKBOOK = bytes.fromhex("d0cf11e0a1b11ae1")
_DELIMITERS = ",\t;，；"
_EXPONENT = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
# People leave a title above the headings; further down nobody looks for them.
_HEADING_ROWS = 10

Row = tuple[int, Sequence[Cell]]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise RosterUnreadable


def _as_typed(text: str) -> Cell:
    """A cell of a text table; a leading sign would make Excel calculate."""
    text = text.strip()
    return Cell(text, is_formula=len(text) > 1 and text[0] in "=+-@", lost_digits=bool(_EXPONENT.fullmatch(text)))


def _text_rows(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    first_line = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first_line.count)
    try:
        for number, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            yield number, [_as_typed(field) for field in fields]
    except csv.Error as error:
        raise RosterUnreadable from error


def _columns(cells: Sequence[Cell]) -> dict[int, Column]:
    """Where in the row each column stands; of two headings for one column the first counts."""
    places: dict[int, Column] = {}
    for place, cell in enumerate(cells):
        column = column_of(cell.text)
        if column and column not in places.values():
            places[place] = column
    return places


def _flaw(column: Column, cell: Cell) -> RowError | None:
    if cell.is_formula:
        return RowError(column, "formula", _("This looks like a formula. Type the text itself."))
    if column == Column.NUMBER and cell.lost_digits:
        words = _("Excel has rounded this number. Format the column as text and type the number again.")
        return RowError(column, "number-rounded", words)
    if len(cell.text) > MAX_CELL:
        return RowError(column, "too-long", _("This is longer than %(limit)s characters.") % {"limit": MAX_CELL})
    return None


def _sheet_row(number: int, cells: Sequence[Cell], places: dict[int, Column]) -> SheetRow:
    read = {column: cells[place] for place, column in places.items() if place < len(cells)}
    flaws = [flaw for column, cell in read.items() if (flaw := _flaw(column, cell))]
    return SheetRow(number, {column: cell.text for column, cell in read.items()}, tuple(flaws))


def _to_headings(rows: Iterator[Row]) -> tuple[dict[int, Column], tuple[str, ...]]:
    """Read on until the row of headings; gives the places of the columns and the headings not read."""
    best: dict[int, Column] = {}
    for number, cells in rows:
        places = _columns(cells)
        if set(REQUIRED) <= set(places.values()):
            unread = tuple(cell.text[:MAX_CELL] for at, cell in enumerate(cells) if at not in places and cell.text)
            return places, unread
        best = places if len(places) > len(best) else best
        if number >= _HEADING_ROWS:
            break
    missing = next(column for column in REQUIRED if column not in best.values())
    raise ColumnMissing(column=LABELS[missing])


def _without_empty_end(rows: list[SheetRow]) -> tuple[SheetRow, ...]:
    while rows and rows[-1].is_empty:
        rows.pop()
    return tuple(rows)


def read_roster(content: bytes) -> Sheet:
    """Read a roster; what kind of file it is shows in its bytes, not in its name."""
    if len(content) > MAX_BYTES:
        raise RosterTooLarge(rows=MAX_ROWS)
    if content.startswith(_OLD_WORKBOOK):
        raise OldWorkbook
    rows = workbook_rows(content) if looks_like_workbook(content) else _text_rows(content)
    places, unread = _to_headings(rows)
    read: list[SheetRow] = []
    for number, cells in rows:
        row = _sheet_row(number, cells, places)
        if number > MAX_ROWS:
            if not row.is_empty:
                raise RosterTooLarge(rows=MAX_ROWS)
        else:
            read.append(row)
    return Sheet(_without_empty_end(read), unread, digest_of(content))
