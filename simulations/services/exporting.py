"""Results of a class as a file for a spreadsheet; what people typed can never become a formula there."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from lms.exams.services.marksheets import FORMATS, safe
from lms.kernel.beijing import BEIJING
from simulations.models import Attempt, ScoreRun
from simulations.selectors.queues import flags_of

__all__ = ["FORMATS", "results_file"]

WIDTH = 18
Row = list[str | float | int]


def results_file(*, attempts: Iterable[Attempt], kind: str) -> bytes:
    """One row for every ended attempt, with the standing score and every item, as `xlsx` or `csv`."""
    found = list(attempts)
    runs = _standing(found)
    items = list(dict.fromkeys(line["id"] for run in runs.values() for line in run.parts["items"]))
    codes = list(dict.fromkeys(line["code"] for run in runs.values() for line in run.parts["competencies"]))
    rows = [[*_headings(), *codes, *items], *_rows(found, runs, codes, items)]
    return _workbook(rows) if kind == "xlsx" else _text(rows)


def _standing(attempts: list[Attempt]) -> dict[int, ScoreRun]:
    """The standing score of each attempt (one query)."""
    runs = ScoreRun.objects.filter(attempt__in=[attempt.pk for attempt in attempts]).order_by("attempt", "seq")
    return {run.attempt_id: run for run in runs}


def _headings() -> Row:
    return [
        pgettext("of a person", "Name"),
        _("Begun (Beijing time)"),
        _("Ended (Beijing time)"),
        pgettext("simulation", "Kind"),
        pgettext("simulation", "Score"),
        pgettext("simulation", "Passed"),
        _("Scores written"),
        _("Deal struck"),
        _("Gain of the first side in per cent of its most"),
        _("Gain of the other side in per cent of its most"),
        _("Nash product in per cent of the best"),
        _("Questions asked"),
        _("Rounds of offers"),
        pgettext("simulation", "Minutes"),
        _("Flags"),
    ]


def _rows(attempts: list[Attempt], runs: dict[int, ScoreRun], codes: list[str], items: list[str]) -> Iterator[Row]:
    for attempt in attempts:
        run = runs.get(attempt.pk)
        percents = {line["code"]: float(line["percent"]) for line in run.parts["competencies"]} if run else {}
        points = {line["id"]: float(line["points"]) for line in run.parts["items"]} if run else {}
        yield [
            safe(attempt.person.real_name),
            _moment(attempt.started_at),
            _moment(attempt.ended_at),
            pgettext("simulation", "Counted") if attempt.counted else pgettext("simulation", "Practice"),
            float(run.total) if run else "",
            (pgettext("simulation", "yes") if run.passed else pgettext("simulation", "no")) if run else "",
            run.seq if run else 0,
            *_digest(attempt),
            _(", ").join(str(flag.label) for flag in flags_of(attempt)),
            *(percents.get(code, "") for code in codes),
            *(points.get(item, "") for item in items),
        ]


def _digest(attempt: Attempt) -> Row:
    digest = getattr(attempt, "digest", None)
    if digest is None:
        return [""] * 7
    gains: Row = [digest.own / 10, digest.other / 10, digest.nash / 10] if digest.dealt else ["", "", ""]
    struck = pgettext("simulation", "yes") if digest.dealt else pgettext("simulation", "no")
    return [struck, *gains, digest.questions, digest.rounds, round(digest.seconds / 60)]


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}" if at else ""


def _workbook(rows: list[Row]) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.title = pgettext("simulations", "Results")
    page.freeze_panes = "B2"
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
