"""Putting down marks, giving a script back, and deciding where markers stay apart."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.marking import policies
from lms.marking.enums import AllocationState, OutcomeRule, RoundState
from lms.marking.models import Allocation, Mark, Outcome, Script, Seal
from lms.marking.selectors.scripts import needs_lead
from lms.records.services import audit

from .allocating import hold, pass_on, take_back
from .scripts import RoundIsClosed
from .settling import settle, standing_marks, standing_outcome, write_outcome

if TYPE_CHECKING:
    from lms.accounts.models import User

CENT = Decimal("0.01")


class NotYourScript(NotAllowed):
    code = "not-your-script"
    message = _("This script is not yours to mark any more. It was given back, taken back, or your role has ended.")


class CriteriaOpen(Refusal):
    code = "criteria-open"
    message = _("Choose a level for every criterion. Still open: %(criteria)s.")


class NotALevel(Refusal):
    code = "not-a-level"
    message = _("%(points)s points are no level of the criterion “%(criterion)s”.")


class MarkedElsewhere(Conflict):
    code = "marked-elsewhere"
    message = _(
        "You marked this script in another window meanwhile. What you chose here is still on the page; "
        "save again if it is to count."
    )


class ResultIsOut(Conflict):
    code = "result-is-out"
    message = _("The result that rests on this script is out. Its marks can be changed only through an appeal.")


class DecidedByLead(Conflict):
    code = "decided-by-lead"
    message = _("The lead of the round has decided this script. Its marks stay as they are.")


class ReasonMissing(Refusal):
    code = "reason-missing"
    message = _("Say why. The reason is kept with the script.")


class NothingToGiveBack(Conflict):
    code = "script-settled"
    message = _("This script is settled already and cannot be given back. Tell the lead of the round what you know.")


class NothingToDecide(Conflict):
    code = "nothing-to-decide"
    message = _("This script is with its markers, or settled by them. There is nothing for you to decide.")


class MayNotDecide(NotAllowed):
    code = "may-not-decide"
    message = _("Only a lead of the round decides, and nobody decides about their own work.")


class PointsOutOfRange(Refusal):
    code = "points-out-of-range"
    message = _("Give between 0 and %(most)s points, in steps of 0.01.")


def _held_script(script_id: int) -> Script:
    """The script in its locked round; refused once the round is closed or a result rests on it."""
    script = Script.objects.select_related("rubric_version", "person").get(pk=script_id)
    script.round = hold(script.round_id)
    if Seal.objects.filter(script=script).exists():
        raise ResultIsOut
    if script.round.state == RoundState.CLOSED:
        raise RoundIsClosed
    return script


def _held(allocation: Allocation) -> Allocation:
    """The allocation as it is now, with its script."""
    script = _held_script(allocation.script_id)
    found = Allocation.objects.select_related("marker__user").get(pk=allocation.pk)
    found.script = script
    if not policies.can_mark(found.marker.user, found):
        raise NotYourScript
    return found


def _levels(criteria: list[dict[str, Any]], given: Mapping[str, str]) -> dict[str, Decimal]:
    """The points of each criterion, every one of them a level of the rubric."""
    missing = [criterion["title"] for criterion in criteria if not given.get(criterion["id"])]
    if missing:
        raise CriteriaOpen(criteria="、".join(missing))
    return {criterion["id"]: _level(criterion, given[criterion["id"]]) for criterion in criteria}


def _level(criterion: dict[str, Any], text: str) -> Decimal:
    try:
        points = Decimal(text)
    except InvalidOperation:
        raise NotALevel(points=text[:20], criterion=criterion["title"]) from None
    if not points.is_finite() or points not in {Decimal(level["points"]) for level in criterion["levels"]}:
        raise NotALevel(points=text[:20], criterion=criterion["title"])
    return points


@transaction.atomic
def put_mark(
    *, allocation: Allocation, criteria: Mapping[str, str], comment: str, now: datetime, seen: int | None = None
) -> Mark:
    """Write down marks, and settle the script if they allow it; the same marks again, the row that is there.

    `seen` is the number of the mark that the marker had before their eyes; another one meanwhile refuses.
    """
    held = _held(allocation)
    script = held.script
    points = _levels(script.rubric_version.criteria, criteria)
    kept = {name: f"{value:.2f}" for name, value in points.items()}
    last = held.marks.order_by("-seq").first()
    if last and (last.criteria, last.comment) == (kept, comment.strip()):
        return last
    outcome = standing_outcome(script)
    if outcome and outcome.rule == OutcomeRule.DECIDED:
        raise DecidedByLead
    if seen is not None and seen != (last.seq if last else 0):
        raise MarkedElsewhere
    mark = Mark.objects.create(
        allocation=held,
        seq=last.seq + 1 if last else 1,
        criteria=kept,
        points=sum(points.values(), Decimal(0)),
        max_points=script.rubric_version.max_points,
        comment=comment.strip(),
        at=now,
    )
    if held.state != AllocationState.MARKED:
        held.state, held.ended_at = AllocationState.MARKED, now
        held.save(update_fields=["state", "ended_at"])
    settle(script=script, now=now)
    return mark


@transaction.atomic
def decline(*, allocation: Allocation, reason: str, now: datetime) -> None:
    """Give a script back because its author is known; it goes to somebody else, and so does all of theirs."""
    if not reason.strip():
        raise ReasonMissing
    held = _held(allocation)
    if standing_outcome(held.script):
        raise NothingToGiveBack
    held.state, held.reason, held.ended_at = AllocationState.DECLINED, reason.strip(), now
    held.save(update_fields=["state", "reason", "ended_at"])
    audit.record(
        action="marking.script-declined",
        actor=f"user:{held.marker.user_id}",
        subject=f"marking.script:{held.script_id}",
        organisation=held.script.round.organisation.code,
        detail={"round": held.script.round_id, "place": held.place},
        now=now,
    )
    pass_on(allocation=held, now=now)
    for other in _others_of_the_same_person(held):
        take_back(allocation=other, now=now)
        pass_on(allocation=other, now=now)


def _others_of_the_same_person(declined: Allocation) -> list[Allocation]:
    others = Allocation.objects.filter(
        marker=declined.marker, state=AllocationState.OPEN, script__person=declined.script.person_id
    ).select_related("script__rubric_version", "script__person")
    for other in (found := list(others)):
        other.script.round = declined.script.round
    return found


@transaction.atomic
def decide(*, script: Script, points: Decimal, reason: str, decided_by: "User", now: datetime) -> Outcome:
    """Settle a script whose markers stay apart, or which nobody is left to mark."""
    if not reason.strip():
        raise ReasonMissing
    held = _held_script(script.pk)
    if not policies.can_decide(decided_by, held):
        raise MayNotDecide
    most = held.rubric_version.max_points
    if not points.is_finite() or not 0 <= points <= most or points != points.quantize(CENT):
        raise PointsOutOfRange(most=f"{most.normalize():f}")
    before = standing_outcome(held)
    if before and (before.points, before.reason) == (points, reason.strip()):
        return before
    if not (before.rule == OutcomeRule.DECIDED if before else needs_lead(held)):
        raise NothingToDecide
    outcome = write_outcome(
        script=held,
        points=points,
        rule=OutcomeRule.DECIDED,
        marks=[mark.pk for _place, mark in sorted(standing_marks(held).items())],
        reason=reason.strip(),
        decided_by=f"user:{decided_by.pk}",
        now=now,
    )
    audit.record(
        action="marking.script-decided",
        actor=f"user:{decided_by.pk}",
        subject=f"marking.script:{held.pk}",
        organisation=held.round.organisation.code,
        detail={"points": str(points), "reason": outcome.reason},
        now=now,
    )
    return outcome
