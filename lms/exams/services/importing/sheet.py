"""Questions in an Excel workbook: our own template, or a sheet that looks like it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .columns import CASE_COLUMNS, FIELD_NAMES, HEADINGS, QUESTION_COLUMNS, Column, folded
from .files import QuestionsUnreadable
from .hypertext import STYLE
from .parsed import Parsed, listed, said
from .sheet_rows import KINDS, fill_in
from .workbooks import MAX_CELL, Cell, Page, read_book

_HEADING_ROWS = 10
FORMULA = _("This is a formula. Type the text itself.")
TOO_LONG = _("This is longer than %(most)s characters.")
UNREAD = _("These columns are not read: %(names)s.")
LOOSE_PICTURES = _("Pictures that lie on the sheet are not read. Keep them in the bank and name them in the column.")


class ColumnMissing(QuestionsUnreadable):
    """Without words and answers there is no question."""

    code = "questions-column-missing"
    message = _("No sheet has the columns “%(columns)s”. The first row carries the headings of the template.")


@dataclass(frozen=True, slots=True)
class Head:
    """Where the headings of a sheet stand, and what is below each."""

    row: int
    places: Mapping[int, str]
    unread: tuple[str, ...]
    is_cases: bool
    kind: str


def _named(cells: list[Cell], known: Mapping[str, str]) -> dict[int, str]:
    """Where each column stands; remarks in brackets do not matter, of two headings for one column the first counts."""
    places: dict[int, str] = {}
    for place, cell in enumerate(cells):
        heading = folded(cell.text)
        column = known.get(heading) or known.get(heading.split("(")[0].strip())
        if column and column not in places.values():
            places[place] = column
    return places


def _head(page: Page) -> Head | None:
    """The headings of a sheet of questions or of cases; nothing for a sheet of anything else."""
    kind = KINDS.get(folded(page.title), "")
    for number, cells in page.rows:
        if number > _HEADING_ROWS:
            break
        for known, needed, is_cases in (
            (QUESTION_COLUMNS, {"stem", "key"} | (set() if kind else {"kind"}), False),
            (CASE_COLUMNS, {"ref", "title", "text"}, True),
        ):
            places = _named(cells, known)
            if needed <= set(places.values()):
                unread = tuple(cell.text[:40] for at, cell in enumerate(cells) if at not in places and cell.text)
                return Head(number, places, unread, is_cases, kind)
    return None


def _row(page: Page, head: Head, number: int, cells: list[Cell]) -> Parsed:
    parsed = Parsed(place=said(_("%(sheet)s, row %(row)s"), sheet=page.title, row=str(number)))
    read = {column: cells[place] for place, column in head.places.items() if place < len(cells)}
    for column, cell in read.items():
        if cell.is_formula:
            parsed.flaws[column] = said(FORMULA)
        elif len(cell.text) > MAX_CELL:
            parsed.flaws[column] = said(TOO_LONG, most=f"{MAX_CELL:,}")
        if cell.is_styled:
            parsed.note(STYLE)
    texts = {column: cell.text[:MAX_CELL] for column, cell in read.items()}
    if head.is_cases:
        _case(parsed, texts)
    else:
        fill_in(parsed, texts if head.kind == "" else {"kind": head.kind, **texts})
    return parsed


def _case(parsed: Parsed, texts: Mapping[str, str]) -> None:
    parsed.is_case, parsed.ref = True, texts.get("ref", "")
    parsed.tags = [f"case:{parsed.ref}"]
    parsed.fields = {
        "title": texts.get("title", ""),
        "title_en": texts.get("title_en", ""),
        "stem": texts.get("text", ""),
        "stem_en": texts.get("text_en", ""),
        "figures": texts.get("figures", "").split(),
    }


def sheet_rows(page: Page) -> Iterator[tuple[int, Parsed]]:
    """Every row of a sheet of questions or cases, with its number."""
    head = _head(page)
    if head is None:
        return
    unread = head.unread
    for number, cells in page.rows:
        if number > head.row and any(cells[at].text for at in head.places if at < len(cells)):
            parsed = _row(page, head, number, cells)
            if unread:
                parsed.note(UNREAD, names=listed(unread))
                unread = ()
            yield number, parsed


def heading_row(page: Page) -> tuple[int, Mapping[int, str]] | None:
    """Which row carries the headings, and the field below each; nothing for other sheets."""
    head = _head(page)
    return (head.row, head.places) if head else None


def read_sheet(content: bytes) -> list[Parsed]:
    """Every question and case of a workbook, sheet by sheet."""
    book = read_book(content)
    if not any(_head(page) for page in book.pages):
        names = [HEADINGS[column][0] for column in (Column.KIND, Column.STEM, Column.KEY)]
        raise ColumnMissing(columns=listed(names))
    read = [parsed for page in book.pages for _number, parsed in sheet_rows(page)]
    if book.has_pictures:
        for parsed in read[:1]:
            parsed.note(LOOSE_PICTURES)
    return read


__all__ = ["FIELD_NAMES", "ColumnMissing", "heading_row", "read_sheet", "sheet_rows"]
