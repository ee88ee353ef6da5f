"""Cohorts on a staff desk: how far their people have come, what ends next and what is late."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.enums import Stage
from certificates.selectors import stages
from courses.selectors.catalogue import LEVEL_LABELS
from lms.cohorts.selectors.scopes import cohorts_in
from lms.desks.navigation import address
from lms.kernel.levels import LevelCode

from .paging import counted_page
from .plots import stages_of
from .work import Entry, Tag, days_left, entry, in_beijing

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.db.models import QuerySet

    from cms.design.charts import StackedBarChart
    from lms.cohorts.models import Cohort, Organisation
    from lms.kernel.tallies import Tallies

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One cohort with its people by stage."""

    cohort: "Cohort"
    title: str
    level: str
    url: str
    counts: dict[str, int]
    over: bool

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    @property
    def certified(self) -> int:
        return self.counts.get(Stage.CERTIFIED, 0)

    @property
    def open(self) -> int:
        """People who are not certified yet."""
        return self.people - self.certified


@dataclass(frozen=True, slots=True)
class CohortsShown:
    """One page of cohorts; `page` is for the pagination."""

    page: "Page[Cohort]"
    rows: tuple[CohortRow, ...]

    @property
    def count(self) -> int:
        return self.page.paginator.count

    def chart(self) -> "StackedBarChart":
        """A bar for each cohort of this page."""
        return stages_of(
            [(row.title, row.counts) for row in self.rows],
            title=_("How far each cohort has come"),
            caption=_("Each person is counted once, at the furthest step reached."),
        )


def people_in_cohorts(people: int, cohorts: int) -> str:
    """On what a figure rests: 208 people in 3 cohorts."""
    who = ngettext("%(people)s person", "%(people)s people", people) % {"people": people}
    where = ngettext("%(cohorts)s cohort", "%(cohorts)s cohorts", cohorts) % {"cohorts": cohorts}
    return _("%(people)s in %(cohorts)s") % {"people": who, "cohorts": where}


def cohort_page(organisations: "QuerySet[Organisation]", asked: str | int, today: date) -> "Page[Any]":
    """One page of cohorts, running ones first (one query)."""
    return counted_page(cohorts_in(organisations, today), asked, PER_PAGE)


def cohorts_shown(page: "Page[Any]", told: "Tallies", today: date) -> CohortsShown:
    """The page with the stages that were told of it."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for row in told.of(stages.BY_COHORT):
        counts[row.key][row.part] = row.figure
    return CohortsShown(page, tuple(_row(cohort, counts[cohort.pk], today) for cohort in page.object_list))


def dates_of(rows: tuple[CohortRow, ...], now: datetime) -> tuple[list[Entry], list[Entry]]:
    """Running cohorts by their last day, and those that are over with people who are not certified."""
    ahead = [_ending(row, now) for row in rows if not row.over and row.cohort.starts_on <= in_beijing(now)]
    late = [_overdue(row, now) for row in rows if row.over and row.open]
    return ahead, late


def _row(cohort: "Cohort", counts: dict[str, int], today: date) -> CohortRow:
    return CohortRow(
        cohort=cohort,
        title=cohort.local_title,
        level=str(LEVEL_LABELS[LevelCode(cohort.level)]),
        url=f"{address('cohorts:cohort', cohort.code)}?base={cohort.organisation.code}",
        counts=counts,
        over=cohort.ends_on < today,
    )


def _ending(row: CohortRow, now: datetime) -> Entry:
    text = ngettext("%(open)s person is not certified yet", "%(open)s people are not certified yet", row.open)
    said = _("Last day of the cohort “%(cohort)s”") % {"cohort": row.title}
    return entry(
        row.cohort.ends_on,
        said,
        now=now,
        text=text % {"open": row.open},
        url=row.url,
        tag=days_left(row.cohort.ends_on, now),
    )


def _overdue(row: CohortRow, now: datetime) -> Entry:
    text = ngettext("%(open)s person is not certified yet", "%(open)s people are not certified yet", row.open)
    said = _("The cohort “%(cohort)s” is over") % {"cohort": row.title}
    tag = Tag(_("over"), "warn", "warn")
    return entry(row.cohort.ends_on, said, now=now, text=text % {"open": row.open}, url=row.url, late=True, tag=tag)
