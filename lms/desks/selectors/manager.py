"""The desk of a base manager: cohorts and how far they are, decisions to prepare, hours, results, certificates."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.enums import DecisionState, Stage
from certificates.selectors import figures as certified
from certificates.selectors.ready import Ready, ready_for_decision
from certificates.selectors.stages import STAGES, stages, stages_by_cohort
from courses.selectors.applications import WAITING, applications_waiting
from lms.cohorts.selectors.scopes import cohorts_without_people, scope_of, uploads_unwritten
from lms.credits.selectors.weeks import minutes_by_week
from lms.desks.navigation import address
from lms.exams.selectors.figures import scores
from lms.kernel.tallies import day_of, gather, tally

from . import plots
from .cohorts import CohortsShown, cohort_page, cohorts_shown, dates_of, people_in_cohorts
from .work import Act, Entry, Figure, Tag, entry, in_beijing, soonest

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cms.design.charts import Histogram, LineChart, StackedBarChart
    from lms.accounts.models import User
    from lms.cohorts.selectors.roles import Hat
    from lms.kernel.tallies import Tallies

# A decision that nobody has approved or refused for this long is late.
DECIDED_WITHIN = timedelta(days=7)
EMPTY, UNWRITTEN = "cohorts-without-people", "uploads-unwritten"


@dataclass(frozen=True, slots=True)
class ManagerDesk:
    """Everything on the desk, in the language now active."""

    act: Act | None
    figures: tuple[Figure, ...]
    cohorts: CohortsShown
    progress: "StackedBarChart"
    ready: Ready
    next: tuple[Entry, ...]
    late: tuple[Entry, ...]
    weekly: "LineChart"
    results: "Histogram"
    issued: "StackedBarChart"
    applications: int


def manager_desk(user: "User | AnonymousUser", hat: "Hat", asked: str | int, now: datetime) -> ManagerDesk:
    """The desk in five queries, whatever the number of cohorts and people."""
    here, today = scope_of(user, hat), in_beijing(now)
    page = cohort_page(here, asked, today)
    told = gather(
        stages(here),
        stages_by_cohort(here, page.object_list),
        minutes_by_week(here, plots.first_week(today)),
        scores(here),
        certified.issued_by_month(here, plots.first_month(today)),
        certified.decisions_by_state(here),
        certified.decisions_overdue(here, now - DECIDED_WITHIN),
        applications_waiting(here),
        tally(cohorts_without_people(here), EMPTY, figure=Count("pk")),
        tally(uploads_unwritten(here), UNWRITTEN, figure=Count("pk")),
    )
    shown, ready = cohorts_shown(page, told, today), ready_for_decision(here)
    ahead, over = dates_of(shown.rows, now)
    base = people_in_cohorts(told.total(STAGES), shown.count)
    return ManagerDesk(
        act=_act(shown, ready, told),
        figures=_figures(told, base),
        cohorts=shown,
        progress=shown.chart(),
        ready=ready,
        next=soonest(ahead),
        late=(*_waiting_too_long(told, now), *over),
        weekly=plots.hours_by_week(told, today, base),
        results=plots.scores(told),
        issued=plots.certificates_by_month(told, today),
        applications=told.total(WAITING),
    )


def _figures(told: "Tallies", base: str) -> tuple[Figure, ...]:
    waiting = told.total(certified.DECISIONS, part=DecisionState.PREPARED)
    approved = told.total(certified.DECISIONS, part=DecisionState.APPROVED)
    return (
        Figure(_("On the roster"), told.total(STAGES), note=base),
        Figure(_("Certified"), told.total(STAGES, part=Stage.CERTIFIED), note=_("of the people on the roster")),
        Figure(_("Decisions under way"), waiting + approved, note=_under_way(waiting, approved)),
        plots.pass_rate(told),
    )


def _under_way(waiting: int, approved: int) -> str:
    return _("waiting for approval: %(waiting)s, approved and not issued: %(approved)s") % {
        "waiting": waiting,
        "approved": approved,
    }


def _waiting_too_long(told: "Tallies", now: datetime) -> list[Entry]:
    days = told.by_key(certified.OVERDUE)
    if not days:
        return []
    number, since = sum(days.values()), day_of(min(days))
    title = ngettext("%(number)s decision waits for a certifier", "%(number)s decisions wait for a certifier", number)
    text = _("The oldest was prepared on this day; seven days are enough to approve or refuse.")
    url = address("certificates:decisions")
    tag = Tag(_("overdue"), "warn", "warn")
    return [entry(since, title % {"number": number}, now=now, text=text, url=url, late=True, tag=tag)]


def _act(shown: CohortsShown, ready: Ready, told: "Tallies") -> Act | None:
    if not shown.rows:
        return None
    if ready.count:
        return _prepare(ready)
    empty = next((row for row in shown.rows if not row.people and not row.over), None)
    if empty and told.total(EMPTY):
        return _import_roster(empty.title, empty.cohort.code, empty.cohort.organisation.code, empty.level)
    row = shown.rows[0]
    text = ngettext("%(people)s person on the roster.", "%(people)s people on the roster.", row.people)
    return Act(row.title, text % {"people": row.people}, row.url, _("Open the cohort"), kicker=row.level)


def _prepare(ready: Ready) -> Act:
    title = ngettext(
        "%(number)s person has everything the level asks for",
        "%(number)s people have everything their level asks for",
        ready.count,
    )
    return Act(
        title=title % {"number": ready.count},
        text=_("Nobody has prepared a decision about them yet. One person prepares, another approves."),
        url=f"{address('certificates:decisions')}?cohort={ready.first[0].cohort_id}#forward",
        action=_("Prepare decisions"),
        kicker=_("Levels and certificates"),
    )


def _import_roster(title: str, code: str, base: str, level: str) -> Act:
    return Act(
        title=_("“%(cohort)s” has nobody on its roster") % {"cohort": title},
        text=_("Bring the people in as a file. Every row is checked and shown to you before anything is written."),
        url=f"{address('cohorts:roster', code)}?base={base}",
        action=_("Import the roster"),
        kicker=level,
    )
