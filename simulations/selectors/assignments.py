"""What is set to a class: for the trainee, with what is left of it, and for those who set it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lms.cohorts.enums import LIVE_STATES
from lms.cohorts.selectors.cohorts import cohorts_of
from lms.cohorts.selectors.roles import organisations_of
from simulations.enums import DESK_ROLES, AttemptState
from simulations.models import Assignment, Attempt

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.cohorts.models import Cohort
    from simulations.models.assignment import AssignmentQuerySet

_TEXTS = ("scenario_version__source", "scenario_version__truths")


@dataclass(frozen=True, slots=True)
class Offered:
    """An assignment as one trainee meets it: attempts used, one still open, and whether another may begin now."""

    assignment: Assignment
    used: int
    open_uid: UUID | None
    now: datetime

    @property
    def left(self) -> int:
        """Attempts that may still begin."""
        return max(0, self.assignment.attempts_allowed - self.used)

    @property
    def is_open(self) -> bool:
        """Whether the window is open."""
        return is_open(self.assignment, self.now)

    @property
    def may_begin(self) -> bool:
        """Whether a new attempt may begin now."""
        return self.is_open and self.left > 0 and self.open_uid is None

    @property
    def deadline(self) -> datetime:
        """When an attempt that begins now would end: the window's end, or the attempt's own limit if that is first."""
        return deadline_from(self.assignment, self.now)


def ends_at(assignment: Assignment) -> datetime:
    """The end of the window; closed early, the moment of closing."""
    return min(assignment.closes_at, assignment.closed_at) if assignment.closed_at else assignment.closes_at


def is_open(assignment: Assignment, now: datetime) -> bool:
    """Whether the window is open at that moment."""
    return assignment.opens_at <= now < ends_at(assignment)


def deadline_from(assignment: Assignment, started_at: datetime) -> datetime:
    """When an attempt begun at that moment ends at the latest."""
    end = ends_at(assignment)
    if assignment.minutes_each is None:
        return end
    return min(end, started_at + timedelta(minutes=assignment.minutes_each))


def deadline_of(attempt: Attempt) -> datetime | None:
    """When an attempt ends at the latest; none without an assignment."""
    return deadline_from(attempt.assignment, attempt.started_at) if attempt.assignment else None


def _with_use(assignments: "AssignmentQuerySet", person_id: int) -> "AssignmentQuerySet":
    mine = Attempt.objects.filter(assignment=OuterRef("pk"), person=person_id).order_by()
    used = mine.values("assignment").annotate(count=Count("pk")).values("count")
    still_open = mine.filter(state=AttemptState.OPEN).values("uid")[:1]
    return assignments.annotate(used=Coalesce(Subquery(used), 0), open_uid=Subquery(still_open))


def _offered(row: Assignment, now: datetime) -> Offered:
    return Offered(row, row.used, row.open_uid, now)  # type: ignore[attr-defined]


def assignments_for(person_id: int, now: datetime) -> list[Offered]:
    """What is set to the cohorts of a person: open and coming ones first, by their end (one query)."""
    rows = _with_use(Assignment.objects.set_to(person_id), person_id)
    rows = rows.select_related("scenario_version", "cohort").defer(*_TEXTS).order_by("closes_at", "pk")
    offered = [_offered(row, now) for row in rows]
    return sorted(offered, key=lambda each: ends_at(each.assignment) <= now)


def assignments_of_scenario(person_id: int, code: str, *, counted: bool, now: datetime) -> list[Offered]:
    """What is set to a person of one scenario and kind, the first to end first (one query)."""
    mine = Assignment.objects.set_to(person_id).filter(scenario_version__code=code, counted=counted)
    rows = _with_use(mine, person_id).select_related("organisation").order_by("closes_at", "pk")
    return [_offered(row, now) for row in rows]


def assignments_run_by(user: "User | AnonymousUser") -> QuerySet[Assignment]:
    """Assignments that one set or could have set, latest first, with people, attempts and ended ones counted."""
    people = Q(cohort__memberships__state__in=LIVE_STATES)
    attempts = Attempt.objects.filter(assignment=OuterRef("pk")).order_by().values("assignment")
    ended = attempts.filter(state=AttemptState.ENDED)
    return (
        Assignment.objects.run_by(user)
        .select_related("scenario_version", "cohort", "organisation")
        .defer(*_TEXTS)
        .annotate(
            people=Count("cohort__memberships", filter=people, distinct=True),
            begun=Coalesce(Subquery(attempts.annotate(n=Count("person", distinct=True)).values("n")), 0),
            ended=Coalesce(Subquery(ended.annotate(n=Count("pk")).values("n")), 0),
        )
        .order_by("-opens_at", "-pk")
    )


def assignment_run_by(user: "User | AnonymousUser", uid: UUID) -> Assignment | None:
    """One of them."""
    return assignments_run_by(user).filter(uid=uid).first()


def most_used(assignment: Assignment) -> int:
    """The most attempts that anybody has begun under it (one query)."""
    counts = assignment.attempts.order_by().values("person").annotate(n=Count("pk")).order_by("-n")
    row = counts.first()
    return int(row["n"]) if row else 0


def overdue_attempts(now: datetime) -> QuerySet[Attempt]:
    """Attempts in progress under an assignment whose window is over or that have a limit of their own."""
    over = Q(assignment__closes_at__lte=now) | Q(assignment__closed_at__lte=now)
    limited = Q(assignment__minutes_each__isnull=False)
    found = Attempt.objects.open().filter(over | limited).select_related("scenario_version", "assignment")
    return found.select_related("scenario_version", "assignment", "person__user", "organisation").order_by("pk")


def cohorts_to_set(user: "User | AnonymousUser") -> "QuerySet[Cohort]":
    """Cohorts of the bases for which one trains or manages, the last to begin first."""
    return cohorts_of(organisations_of(user, *DESK_ROLES))
