"""Setting scenarios to classes: a window, attempts allowed, practice or counted; every change leaves a trace."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.enums import MembershipState
from lms.cohorts.selectors.cohorts import members_of
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services import audit
from simulations.enums import Difficulty, VersionState
from simulations.models import Assignment, AssignmentEvent, ScenarioVersion
from simulations.policies import can_run_desk
from simulations.selectors.assignments import most_used

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.cohorts.models import Cohort

# What may change once it is set; the difficulty only until somebody has begun.
CHANGEABLE = ("opens_at", "closes_at", "attempts_allowed", "minutes_each", "difficulty", "note")


class NotYoursToAssign(NotAllowed):
    code = "not-yours-to-assign"
    message = _("Scenarios are set by the trainers and managers of the cohort's own training base.")


class WindowBackwards(Refusal):
    code = "assignment-window-backwards"
    field = "closes_at"
    message = _("The window closes before it opens. Put its end after its beginning.")


class WindowOver(Refusal):
    code = "assignment-window-over"
    field = "closes_at"
    message = _("The window would be over already. Let it close in the future.")


class AssignedAlready(Conflict):
    code = "assigned-already"
    message = _("This cohort has the scenario set in that time already. Change that assignment, or close it first.")


class MayNotCountYet(Refusal):
    code = "assignment-may-not-count"
    field = "counted"
    message = _("“%(title)s” is offered for practice only so far; it can be set, but not counted.")


class FewerThanUsed(Conflict):
    code = "assignment-fewer-than-used"
    field = "attempts_allowed"
    message = _("Somebody has begun %(used)s attempts already. Allow at least as many.")


class HasBegun(Conflict):
    code = "assignment-has-begun"
    field = "difficulty"
    message = _("Somebody has begun. The difficulty stays the same for the whole class.")


class ChangeWithoutReason(Refusal):
    code = "assignment-change-without-reason"
    field = "reason"
    message = _("The window is open. Say why you change it; the class has planned by it.")


class NothingChanges(Refusal):
    code = "assignment-nothing-changes"
    message = _("Nothing is different from what is set.")


class ClosedBefore(Conflict):
    code = "assignment-closed"
    message = _("This assignment is closed. Set the scenario anew instead.")


@transaction.atomic
def assign(
    *,
    cohort: "Cohort",
    version: ScenarioVersion,
    counted: bool,
    opens_at: datetime,
    closes_at: datetime,
    attempts_allowed: int,
    set_by: "User",
    now: datetime,
    difficulty: str = Difficulty.STANDARD,
    minutes_each: int | None = None,
    note: str = "",
) -> Assignment:
    """Set a scenario to a cohort and tell everybody in it."""
    if not can_run_desk(set_by, cohort.organisation_id):
        raise NotYoursToAssign
    if counted and version.state != VersionState.APPROVED:
        raise MayNotCountYet(title=version.title)
    _refuse_window(opens_at, closes_at, now)
    _refuse_overlap(cohort, version.code, counted, opens_at, closes_at)
    assignment = Assignment.objects.create(
        organisation_id=cohort.organisation_id,
        cohort=cohort,
        scenario_version=version,
        difficulty=difficulty,
        counted=counted,
        opens_at=opens_at,
        closes_at=closes_at,
        attempts_allowed=attempts_allowed,
        minutes_each=minutes_each,
        note=note.strip(),
        set_by=f"user:{set_by.pk}",
        set_at=now,
    )
    first = {name: [None, _plain(getattr(assignment, name))] for name in CHANGEABLE}
    _trace(assignment, "assigned", first, "", assignment.set_by, now)
    _tell_class(assignment, now)
    return assignment


def _refuse_window(opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    if closes_at <= opens_at:
        raise WindowBackwards
    if closes_at <= now:
        raise WindowOver


def _refuse_overlap(
    cohort: "Cohort", code: str, counted: bool, opens_at: datetime, closes_at: datetime, besides: int = 0
) -> None:
    same = Assignment.objects.filter(
        cohort=cohort, scenario_version__code=code, counted=counted, closed_at__isnull=True
    ).exclude(pk=besides)
    if same.filter(opens_at__lt=closes_at, closes_at__gt=opens_at).exists():
        raise AssignedAlready


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _trace(
    assignment: Assignment, what: str, changes: dict[str, list[Any]], reason: str, actor: str, now: datetime
) -> None:
    AssignmentEvent.objects.create(assignment=assignment, changes=changes, reason=reason, by=actor, at=now)
    audit.record(
        action=f"simulations.{what}",
        actor=actor,
        subject=f"simulations.assignment:{assignment.uid}",
        organisation=assignment.organisation.code,
        detail={"cohort": assignment.cohort.code, "scenario": assignment.scenario_version.code, "reason": reason},
        now=now,
    )


def _tell_class(assignment: Assignment, now: datetime) -> None:
    version = assignment.scenario_version
    for membership in members_of(assignment.cohort).filter(state=MembershipState.ACTIVE):
        announce(
            to=membership.person.user,
            kind="simulation-assigned",
            subject_ref=f"simulations.assignment:{assignment.uid}:{membership.person_id}",
            context={
                "scenario": {"zh": version.title, "en": version.title_en},
                "opens": {"at": assignment.opens_at.isoformat()},
                "closes": {"at": assignment.closes_at.isoformat()},
                "attempts": assignment.attempts_allowed,
            },
            url=reverse("simulations:briefing", args=[version.code]),
            organisation=assignment.organisation.code,
            now=now,
        )


def _held(assignment: Assignment, user: "User") -> Assignment:
    if not can_run_desk(user, assignment.organisation_id):
        raise NotYoursToAssign
    held = Assignment.objects.select_for_update(of=("self",))
    found = held.select_related("organisation", "cohort", "scenario_version").get(pk=assignment.pk)
    if found.closed_at is not None:
        raise ClosedBefore
    return found


@transaction.atomic
def change(
    *, assignment: Assignment, wanted: Mapping[str, Any], reason: str, changed_by: "User", now: datetime
) -> Assignment:
    """Change what may change; from the opening on with a reason."""
    held = _held(assignment, changed_by)
    changes = {
        name: [_plain(getattr(held, name)), _plain(wanted[name])]
        for name in CHANGEABLE
        if name in wanted and getattr(held, name) != wanted[name]
    }
    if not changes:
        raise NothingChanges
    _refuse_change(held, wanted, changes, reason, now)
    for name in changes:
        setattr(held, name, wanted[name])
    held.save(update_fields=list(changes))
    _trace(held, "assignment-changed", changes, reason.strip(), f"user:{changed_by.pk}", now)
    return held


def _refuse_change(
    held: Assignment, wanted: Mapping[str, Any], changes: Mapping[str, Any], reason: str, now: datetime
) -> None:
    opens_at, closes_at = wanted.get("opens_at", held.opens_at), wanted.get("closes_at", held.closes_at)
    if {"opens_at", "closes_at"} & changes.keys():
        _refuse_window(opens_at, closes_at, now)
        code = held.scenario_version.code
        _refuse_overlap(held.cohort, code, held.counted, opens_at, closes_at, besides=held.pk)
    used = most_used(held)
    if wanted.get("attempts_allowed", held.attempts_allowed) < used:
        raise FewerThanUsed(used=used)
    if used and "difficulty" in changes:
        raise HasBegun
    if held.opens_at <= now and not reason.strip():
        raise ChangeWithoutReason


@transaction.atomic
def close(*, assignment: Assignment, reason: str, closed_by: "User", now: datetime) -> Assignment:
    """Close an assignment before its time: nobody begins any more, and attempts in progress end as they stand."""
    held = _held(assignment, closed_by)
    if not reason.strip():
        raise ChangeWithoutReason
    held.closed_by, held.closed_at = f"user:{closed_by.pk}", now
    held.save(update_fields=["closed_by", "closed_at"])
    _trace(held, "assignment-closed", {"closed_at": [None, now.isoformat()]}, reason.strip(), held.closed_by, now)
    return held
