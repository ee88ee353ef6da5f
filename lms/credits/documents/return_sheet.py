"""Annual returns as a workbook: figures, contracts, achievements, words; a row for every return."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lms.kernel.beijing import BEIJING

if TYPE_CHECKING:
    from lms.credits.models import AnnualReturn

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 48
Cell = str | int | float
# What a spreadsheet takes for the beginning of a formula.
TRIGGERS = ("=", "+", "-", "@", "\t", "\r")


def return_workbook(returns: "Sequence[AnnualReturn]") -> bytes:
    """Four sheets: figures, contracts, achievements, words."""
    book = Workbook()
    _fill(book.worksheets[0], _("Figures"), _figures(returns))
    _fill(book.create_sheet(), _("Contracts"), _contracts(returns))
    _fill(book.create_sheet(), _("Achievements"), _achievements(returns))
    _fill(book.create_sheet(), _("In words"), _words(returns))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _who(annual: "AnnualReturn") -> tuple[Cell, ...]:
    return (annual.year, annual.data.get("name") or annual.person.real_name)


def _figures(returns: "Sequence[AnnualReturn]") -> list[Sequence[Cell]]:
    head = (
        _("Year"),
        _("Person"),
        _("Post or title"),
        _("Level"),
        _("Employer"),
        _("Organisation"),
        _("Registered contracts, own share, yuan"),
        _("Registered contracts, pieces"),
        _("Technology part, own share, yuan"),
        _("Economic benefit, yuan"),
        _("Achievements brought about, pieces"),
        _("Achievements brought about, yuan"),
        _("Training and promotion events, pieces"),
        _("Demands collected, pieces"),
        _("Handed in on"),
    )
    return [head, *(_figures_of(annual) for annual in returns)]


def _figures_of(annual: "AnnualReturn") -> Sequence[Cell]:
    data, figures = annual.data, annual.data["figures"]
    handed_in = annual.submitted_at
    return (
        *_who(annual),
        data["post"],
        data["level"],
        data["employer"],
        annual.organisation.local_name,
        float(figures["registered_amount"]),
        figures["registered_count"],
        float(figures["transaction_amount"]),
        float(figures["benefit"]),
        figures["achievements_count"],
        float(figures["achievements_amount"]),
        figures["events"],
        figures["demands"],
        handed_in.astimezone(BEIJING).date().isoformat() if handed_in else _("draft"),
    )


def _contracts(returns: "Sequence[AnnualReturn]") -> list[Sequence[Cell]]:
    head = (
        _("Year"),
        _("Person"),
        _("Contract"),
        _("Signed on"),
        _("Whole amount, yuan"),
        _("Technology part, yuan"),
        _("Share, per cent"),
        _("Own share, yuan"),
    )
    rows = [
        (
            *_who(annual),
            row["name"],
            row["signed_on"],
            float(row["amount"]),
            float(row["technology_amount"]),
            float(row["percent"]),
            float(row["own_amount"]),
        )
        for annual in returns
        for row in annual.data["contracts"]
    ]
    return [head, *rows]


def _achievements(returns: "Sequence[AnnualReturn]") -> list[Sequence[Cell]]:
    head = (_("Year"), _("Person"), _("Achievement"), _("Demand side"), _("Supply side"), _("Amount, yuan"))
    rows = [
        (*_who(annual), row["name"], row["demand_side"], row["supply_side"], float(row["amount"]))
        for annual in returns
        for row in annual.data["achievements"]
    ]
    return [head, *rows]


def _words(returns: "Sequence[AnnualReturn]") -> list[Sequence[Cell]]:
    head = (_("Year"), _("Person"), _("Events in a few sentences"), _("Typical cases"))
    return [head, *((*_who(annual), annual.data["events_told"], annual.data["cases"]) for annual in returns)]


def defused(text: str) -> str:
    """A text that no program takes for a formula, not even after the sheet was saved as CSV and opened anew."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{clean}" if clean.lstrip(" ").startswith(TRIGGERS) else clean


def _fill(sheet: Worksheet, title: str, rows: Sequence[Sequence[Cell]]) -> None:
    """Rows under a head that stays in sight; words stay words, also where they begin like a formula."""
    sheet.title = title
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            text = isinstance(value, str)
            cell = sheet.cell(number, column, defused(value) if isinstance(value, str) else value)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if text:
                cell.data_type = "s"
            elif isinstance(value, float):
                cell.number_format = "#,##0.00"
            if number == 1:
                cell.font = Font(bold=True)
    for column in range(1, len(rows[0]) + 1):
        longest = max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in str(row[column - 1])[:WIDEST]) for row in rows)
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "C2"
