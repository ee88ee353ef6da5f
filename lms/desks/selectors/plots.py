"""Figures of several rooms as charts, each saying on what it rests."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.enums import Stage
from certificates.selectors import figures as certified
from cms.design.charts import Bar, BarChart, Histogram, Limit, LineChart, Series, Stack, StackedBarChart
from courses.selectors.catalogue import LEVEL_LABELS
from lms.credits.selectors import weeks as earned
from lms.exams.selectors import figures as sat
from lms.kernel.class_hours import to_class_hours
from lms.kernel.levels import LevelCode
from lms.kernel.tallies import month_key, months_until, week_key, weeks_until

from .work import Figure, said_month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import Promise

    from lms.kernel.tallies import Tallies

WEEKS, MONTHS = 12, 6
FEWEST = 5  # under this many people a rate or an average would speak of persons
TENS = tuple(range(0, 101, 10))


def first_week(today: date) -> date:
    """The Monday from which weekly charts tell."""
    return next(weeks_until(today, WEEKS))


def first_month(today: date) -> date:
    """The first day of the month from which monthly charts tell."""
    return next(months_until(today, MONTHS))


def hours_by_week(told: "Tallies", today: date, base: str) -> LineChart:
    """Class hours posted in each of the last weeks; `base` says whose."""
    mondays = list(weeks_until(today, WEEKS))
    minutes = told.by_key(earned.BY_WEEK)
    values = [to_class_hours(max(0, minutes.get(week_key(monday), 0))) for monday in mondays]
    return LineChart(
        title=_("Class hours by week"),
        description=_("%(hours)s class hours in the last %(weeks)s weeks, %(last)s of them since Monday.")
        % {"hours": f"{sum(values, Decimal(0)):.2f}", "weeks": WEEKS, "last": f"{values[-1]:.2f}"},
        caption=_("%(base)s. Weeks begin on Monday; the last one is not over yet.") % {"base": base},
        empty=_("No class hours have been posted in the last %(weeks)s weeks.") % {"weeks": WEEKS},
        labels=mondays,
        series=[Series(_("Class hours"), [float(value) for value in values])] if any(values) else [],
    )


def scores(told: "Tallies", pass_percent: int | None = None) -> Histogram:
    """How exam results are spread, in tens of the percentage."""
    by_ten = told.by_key(sat.SCORES)
    counts = [by_ten.get(ten, 0) for ten in range(10)]
    number = sum(counts)
    passed = told.total(sat.SCORES, part=sat.PASSED)
    return Histogram(
        title=_("Exam results"),
        description=ngettext(
            "%(passed)s of %(number)s result is a pass.", "%(passed)s of %(number)s results are passes.", number
        )
        % {"passed": passed, "number": number},
        caption=_("Every attempt that was marked, its newest marking; in per cent of the points."),
        empty=_("No exam has been marked yet."),
        edges=TENS,
        counts=counts,
        axis=_("Result in per cent"),
        limits=[Limit(pass_percent, _("pass mark"))] if pass_percent else [],
    )


def stages_of(rows: "Sequence[tuple[str | Promise, dict[str, int]]]", *, title: str, caption: str) -> StackedBarChart:
    """People by stage, a bar for each name."""
    people = sum(sum(counts.values()) for _name, counts in rows)
    certified_people = sum(counts.get(Stage.CERTIFIED, 0) for _name, counts in rows)
    filled = [Stack(name, [counts.get(stage, 0) for stage in Stage]) for name, counts in rows if any(counts.values())]
    return StackedBarChart(
        title=title,
        description=ngettext(
            "%(people)s person, %(certified)s certified.", "%(people)s people, %(certified)s certified.", people
        )
        % {"people": people, "certified": certified_people},
        caption=caption,
        empty=_("Nobody stands on a roster yet."),
        parts=[str(stage.label) for stage in Stage],
        page_wide=True,
        stacks=filled,
    )


def certificates_by_month(told: "Tallies", today: date) -> StackedBarChart:
    """Certificates issued in each of the last months, by level."""
    months = list(months_until(today, MONTHS))
    by_level = {level: told.by_key(certified.BY_MONTH, part=level.value) for level in LevelCode}
    number = told.total(certified.BY_MONTH)
    return StackedBarChart(
        title=_("Certificates issued by month"),
        description=ngettext(
            "%(number)s certificate in the last %(months)s months.",
            "%(number)s certificates in the last %(months)s months.",
            number,
        )
        % {"number": number, "months": MONTHS},
        caption=_("By the day of issue, whatever became of them later; this month is not over yet."),
        empty=_("No certificate has been issued in the last %(months)s months.") % {"months": MONTHS},
        parts=[str(LEVEL_LABELS[level]) for level in LevelCode],
        page_wide=True,
        stacks=[
            Stack(said_month(day), [by_level[level].get(month_key(day), 0) for level in LevelCode]) for day in months
        ]
        if number
        else [],
    )


def look_ups_by_week(told: "Tallies", today: date) -> LineChart:
    """Questions about certificates in each of the last weeks."""
    mondays = list(weeks_until(today, WEEKS))
    asked = told.by_key(certified.LOOK_UPS_BY_WEEK)
    number = sum(asked.values())
    return LineChart(
        title=_("Look-ups by week"),
        description=ngettext(
            "%(number)s question in the last %(weeks)s weeks.",
            "%(number)s questions in the last %(weeks)s weeks.",
            number,
        )
        % {"number": number, "weeks": WEEKS},
        caption=_("Of everybody who asked, by page, by code or by file; who asked is not kept."),
        empty=_("Nobody has asked about a certificate in the last %(weeks)s weeks.") % {"weeks": WEEKS},
        labels=mondays,
        whole=True,
        series=[Series(_("Look-ups"), [asked.get(week_key(monday), 0) for monday in mondays])] if number else [],
    )


def bars(title: str, description: str, caption: str, values: "Sequence[tuple[str, int]]", empty: str) -> BarChart:
    """Plain counts, one bar for each word."""
    shown = [Bar(label, value) for label, value in values] if any(value for _label, value in values) else []
    return BarChart(title=title, description=description, caption=caption, empty=empty, bars=shown)


def pass_rate(told: "Tallies") -> Figure:
    """Passes among marked attempts, with the number it rests on."""
    passed, number = told.total(sat.SCORES, part=sat.PASSED), told.total(sat.SCORES)
    if number < FEWEST:
        return Figure(_("Exam pass rate"), "–", note=_("under five results; a rate would say nothing"))
    note = _("%(passed)s of %(number)s marked attempts") % {"passed": passed, "number": number}
    return Figure(_("Exam pass rate"), passed * 100 // number, "%", note)


def rate(passed: int, of: int) -> str:
    """A pass rate in whole per cent; a dash where fewer than five results would speak of persons."""
    return f"{passed * 100 // of} %" if of >= FEWEST else "–"
