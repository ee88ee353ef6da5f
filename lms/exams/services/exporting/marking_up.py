"""The uploaded workbook back again, with a column of what was said about each row, and its cells coloured.

It is written anew from the words that were read, so nothing of what a stranger's workbook may hide comes along.
"""

import io
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lms.exams.services.importing.planning import Plan, Status, Verdict
from lms.exams.services.importing.sheet import heading_row, sheet_rows
from lms.exams.services.importing.workbooks import Page, read_book

from .xlsx import STAMP, put

_WRONG = PatternFill("solid", fgColor="FFF8D4D0")
_TOLD = PatternFill("solid", fgColor="FFFBEFCB")
_HEAD = PatternFill("solid", fgColor="FFE8EEF0")
_WIDTH, _LAST_WIDTH = 18, 60


def _copy(page: Page, sheet: Worksheet) -> int:
    """The words of a sheet, cell by cell; answers how many columns it has."""
    width = 0
    for number, cells in page.rows:
        for at, cell in enumerate(cells, start=1):
            if cell.text:
                put(sheet, number, at, cell.text)
        width = max(width, len(cells))
    for at in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTH
    return width


def _colour(sheet: Worksheet, row: int, places: Mapping[int, str], verdict: Verdict) -> None:
    flaws = set(verdict.entry.flaws)
    if "options" in flaws:
        flaws |= {name for name in places.values() if name.startswith("option ")}
    for at, name in places.items():
        if name in flaws:
            sheet.cell(row=row, column=at + 1).fill = _WRONG


def _mark(page: Page, sheet: Worksheet, width: int, verdicts: Iterator[Verdict]) -> None:
    head = heading_row(page)
    if head is None:
        return
    row, places = head
    put(sheet, row, width + 1, _("What was said about it"))
    for at in range(1, width + 2):
        sheet.cell(row=row, column=at).font = Font(bold=True)
        sheet.cell(row=row, column=at).fill = _HEAD
    sheet.column_dimensions[get_column_letter(width + 1)].width = _LAST_WIDTH
    for number, _parsed in sheet_rows(page):
        verdict = next(verdicts)
        if not verdict.reasons:
            continue
        put(sheet, number, width + 1, "\n".join(verdict.reasons))
        sheet.cell(row=number, column=width + 1).fill = _WRONG if verdict.status == Status.ERROR else _TOLD
        _colour(sheet, number, places, verdict)


def marked_up(content: bytes, plan: Plan) -> bytes:
    """The workbook with what the plan says about every row."""
    verdicts = iter(plan.verdicts)
    book = Workbook()
    book.properties.created = book.properties.modified = STAMP
    first = book.worksheets[0]
    for page in read_book(content).pages:
        sheet = book.create_sheet(page.title)
        _mark(page, sheet, _copy(page, sheet), verdicts)
    book.remove(first)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
