"""The agreement report as a workbook: figures, markers, and a row for every script with two marks."""

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lms.marking.models import MarkingRound
from lms.marking.selectors.reports import Agreement

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 48
Cell = str | float | int


def agreement_workbook(round: MarkingRound, agreement: Agreement) -> bytes:
    """Three sheets: the round, its markers, its scripts."""
    book = Workbook()
    _fill(book.worksheets[0], _("Agreement"), _summary(round, agreement))
    _fill(book.create_sheet(), _("Markers"), _markers(agreement))
    _fill(book.create_sheet(), _("Scripts"), _scripts(agreement))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _summary(round: MarkingRound, agreement: Agreement) -> list[Sequence[Cell]]:
    return [
        (_("Measure"), _("Value")),
        (_("Marking round"), round.title),
        (_("Scripts with two marks"), len(agreement.pairs)),
        (_("Weighted kappa"), agreement.kappa),
        (_("Mean gap, per cent of the points"), agreement.mean_gap),
        (_("Within the declared gap, per cent of the scripts"), agreement.within),
        (_("Declared gap, per cent of the points"), float(agreement.gap_percent)),
        (_("Third markers"), agreement.thirds),
    ]


def _markers(agreement: Agreement) -> list[Sequence[Cell]]:
    head = (_("Marker"), _("Scripts"), _("Own mark less the partner's, per cent of the points"))
    return [head, *((lean.marker, lean.scripts, _hundredths(lean.mean * 100)) for lean in agreement.leans)]


def _scripts(agreement: Agreement) -> list[Sequence[Cell]]:
    head = (
        _("Script"),
        _("First marker"),
        _("First mark, per cent of the points"),
        _("Second marker"),
        _("Second mark, per cent of the points"),
        _("Gap"),
    )
    rows = [
        (
            pair.code,
            pair.first_marker,
            _hundredths(pair.first * 100),
            pair.second_marker,
            _hundredths(pair.second * 100),
            _hundredths(pair.gap * 100),
        )
        for pair in agreement.pairs
    ]
    return [head, *rows]


def _hundredths(value: object) -> float:
    return float(f"{float(value):.2f}")  # type: ignore[arg-type]


def _fill(sheet: Worksheet, title: str, rows: Sequence[Sequence[Cell]]) -> None:
    """Rows under a head that stays in sight; words stay words, also where they begin like a formula."""
    sheet.title = title
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            cell.alignment = Alignment(vertical="top", wrap_text=number == 1)
            if isinstance(value, str):
                cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    for column in range(1, len(rows[0]) + 1):
        longest = max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in str(row[column - 1])) for row in rows)
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "A2"
