"""Results as a file for a spreadsheet; what people typed can never become a formula there."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from lms.exams.models import Attempt
from lms.kernel.beijing import BEIJING

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
WIDTH = 18
# A cell that begins like this is calculated by a spreadsheet instead of shown.
STARTS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

Row = list[str | float | int]


def marksheet_file(*, attempts: Iterable[Attempt], kind: str) -> bytes:
    """The rows of a marksheet as `xlsx` or `csv`."""
    rows = [_headings(), *_rows(attempts)]
    return _workbook(rows) if kind == "xlsx" else _text(rows)


def safe(text: str) -> str:
    """Words as a cell may hold them: without marks that nobody sees, and a sign before what begins a formula."""
    seen = "".join(sign if sign.isprintable() else " " for sign in text).strip()
    return f"'{seen}" if seen.startswith(STARTS_FORMULA) else seen


def _headings() -> Row:
    return [
        pgettext("of a person", "Name"),
        _("Ticket"),
        _("Room"),
        _("Desk"),
        _("Attempt"),
        _("State"),
        _("Handed in, Beijing time"),
        pgettext("of a result", "Points"),
        _("Of"),
        _("Percent"),
        _("Outcome"),
        _("Receipt"),
        _("Why void"),
    ]


def _rows(attempts: Iterable[Attempt]) -> Iterator[Row]:
    for attempt in attempts:
        seat = attempt.seat
        yield [
            safe(seat.person.real_name),
            seat.ticket_code,
            safe(seat.room),
            safe(seat.desk),
            attempt.no,
            str(attempt.get_state_display()),
            _moment(attempt.ended_at),
            *_figures(attempt),
            attempt.receipt,
            safe(attempt.void_reason),
        ]


def _figures(attempt: Attempt) -> Row:
    passed = attempt.passed  # type: ignore[attr-defined]
    if passed is None:
        return ["", "", "", ""]
    figures = (attempt.points, attempt.max_points, attempt.percent)  # type: ignore[attr-defined]
    return [*(float(figure) for figure in figures), str(_("Passed") if passed else _("Not passed"))]


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}" if at else ""


def _workbook(rows: list[Row]) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.title = pgettext("of an exam", "Results")
    page.freeze_panes = "A2"
    for row in rows:
        page.append(row)
    for place, cell in enumerate(page[1], start=1):
        cell.font = Font(bold=True)
        page.column_dimensions[get_column_letter(place)].width = WIDTH
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(rows: list[Row]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")
