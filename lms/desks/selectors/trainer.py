"""The desk of a trainer: who has stopped studying, which exams are near, and how the hours and results run."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from certificates.enums import Stage
from certificates.selectors.stages import STAGES, stages, stages_by_cohort
from courses.selectors.behind import Behind, behind
from lms.cohorts.selectors.scopes import scope_of
from lms.credits.selectors.weeks import minutes_by_week
from lms.desks.navigation import address
from lms.exams.selectors.figures import scores, sittings_ahead
from lms.kernel.tallies import gather

from . import plots
from .cohorts import CohortsShown, cohort_page, cohorts_shown, dates_of, people_in_cohorts
from .sittings import sitting_entry
from .work import Act, Entry, Figure, in_beijing, soonest

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cms.design.charts import Histogram, LineChart, StackedBarChart
    from lms.accounts.models import User
    from lms.cohorts.selectors.roles import Hat


@dataclass(frozen=True, slots=True)
class Quiet:
    """One person to call, as the table shows them."""

    name: str
    cohort: str
    url: str
    percent: int
    since: datetime
    days: int
    studied: bool
    exam_at: datetime | None


@dataclass(frozen=True, slots=True)
class TrainerDesk:
    """Everything on the desk, in the language now active."""

    act: Act | None
    figures: tuple[Figure, ...]
    cohorts: CohortsShown
    progress: "StackedBarChart"
    quiet: tuple[Quiet, ...]
    quiet_count: int
    next: tuple[Entry, ...]
    late: tuple[Entry, ...]
    weekly: "LineChart"
    results: "Histogram"


def trainer_desk(user: "User | AnonymousUser", hat: "Hat", asked: str | int, now: datetime) -> TrainerDesk:
    """The desk in four queries, whatever the number of cohorts and people."""
    here, today = scope_of(user, hat), in_beijing(now)
    page = cohort_page(here, asked, today)
    told = gather(
        stages(here),
        stages_by_cohort(here, page.object_list),
        minutes_by_week(here, plots.first_week(today)),
        scores(here),
    )
    shown = cohorts_shown(page, told, today)
    ahead, late = dates_of(shown.rows, now)
    sittings = [sitting_entry(each, now) for each in sittings_ahead(here, now)]
    silent = behind(here, now)
    people = told.total(STAGES)
    base = people_in_cohorts(people, shown.count)
    return TrainerDesk(
        act=_act(shown),
        figures=(
            Figure(_("On the roster"), people, note=base),
            Figure(_("Fallen silent"), silent.count, note=_("no counted study for seven days or more")),
            Figure(_("Certified"), told.total(STAGES, part=Stage.CERTIFIED), note=_("of the people on the roster")),
            plots.pass_rate(told),
        ),
        cohorts=shown,
        progress=shown.chart(),
        quiet=_quiet(silent, now),
        quiet_count=silent.count,
        next=soonest([*ahead, *sittings]),
        late=tuple(late),
        weekly=plots.hours_by_week(told, today, base),
        results=plots.scores(told),
    )


def _act(shown: CohortsShown) -> Act | None:
    row = next((row for row in shown.rows if row.people), None) or next(iter(shown.rows), None)
    if row is None:
        return None
    text = ngettext("%(people)s person on the roster.", "%(people)s people on the roster.", row.people)
    return Act(
        title=row.title,
        text=text % {"people": row.people},
        url=row.url,
        action=_("Open the cohort"),
        kicker=row.level,
    )


def _quiet(silent: Behind, now: datetime) -> tuple[Quiet, ...]:
    english = get_language() == "en"
    return tuple(
        Quiet(
            name=each.person,
            cohort=(each.cohort_en if english else "") or each.cohort,
            url=f"{address('cohorts:cohort', each.code)}?base={each.base}",
            percent=each.percent,
            since=each.since,
            days=each.days(now),
            studied=each.studied,
            exam_at=each.exam_at,
        )
        for each in silent.first
    )
