"""What people say about an attempt, and what they correct: remarks at moments, and points for items."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services import audit
from simulations.enums import AttemptState, OverrideState
from simulations.models import Appeal, Attempt, AttemptEvent, EventComment, Override, ScoreRun
from simulations.policies import can_decide, can_review
from simulations.selectors.attempts import latest_score

from .correcting import hold, reopen, rewrite
from .telling import tell_deciders

if TYPE_CHECKING:
    from lms.accounts.models import User

Changes = list[dict[str, str]]


class NotYoursToReview(NotAllowed):
    code = "not-yours-to-review"
    message = _("An attempt is reviewed by the trainers and managers of its training base, never by who played it.")


class NotEndedYet(Conflict):
    code = "attempt-not-ended"
    message = _("The attempt is still being played. It can be reviewed once it has ended.")


class EmptyComment(Refusal):
    code = "comment-empty"
    field = "text"
    message = _("Write what the trainee should read at this moment.")


class NoSuchMoment(Refusal):
    code = "no-such-moment"
    message = _("This attempt has no moment %(number)s.")


class NotYourComment(NotAllowed):
    code = "not-your-comment"
    message = _("Only whoever wrote a comment takes it back.")


class TakenBackBefore(Conflict):
    code = "comment-taken-back"
    message = _("This comment was taken back before.")


class NoReason(Refusal):
    code = "override-without-reason"
    field = "reason"
    message = _("Give the reason; the trainee and the second person read it.")


class UnknownItem(Refusal):
    code = "override-unknown-item"
    message = _("“%(item)s” is no item of this rubric.")


class PointsOutOfRange(Refusal):
    code = "override-points"
    field = "points"
    message = _("“%(item)s” can be given between 0 and %(most)s points.")


class NothingChanged(Refusal):
    code = "override-changes-nothing"
    field = "points"
    message = _("These are the points that the item has already.")


class OneWaits(Conflict):
    code = "override-waiting"
    message = _("A correction of this attempt waits for a second person already. Have it decided first.")


class SecondPersonNeeded(NotAllowed):
    code = "override-second-person"
    message = _("A manager who did not propose this correction, and did not play the attempt, decides about it.")


class OverrideDecided(Conflict):
    code = "override-decided"
    message = _("This correction was decided before: %(state)s.")


class ScoreMoved(Conflict):
    code = "override-stale"
    message = _("The score has changed since this correction was proposed. Turn it down and propose it anew.")


@transaction.atomic
def comment(*, attempt: Attempt, event_seq: int, text: str, by: "User", now: datetime) -> EventComment:
    """Say something about a moment; the trainee is told and reads it in the debrief."""
    _refuse_unless_reviewable(attempt, by)
    if not text.strip():
        raise EmptyComment
    if not AttemptEvent.objects.filter(attempt=attempt, seq=event_seq).exists():
        raise NoSuchMoment(number=event_seq)
    said = EventComment.objects.create(
        attempt=attempt, event_seq=event_seq, text=text.strip(), by=f"user:{by.pk}", at=now
    )
    version = attempt.scenario_version
    announce(
        to=attempt.person.user,
        kind="simulation-commented",
        subject_ref=f"simulations.comment:{said.uid}",
        context={"scenario": {"zh": version.title, "en": version.title_en}},
        url=f"{reverse('simulations:debrief', args=[attempt.uid])}#said",
        organisation=attempt.organisation.code,
        now=now,
    )
    return said


@transaction.atomic
def take_back(*, comment: EventComment, by: "User", now: datetime) -> EventComment:
    """Take a comment of one's own back; the row stays and nobody reads it any more."""
    if comment.by != f"user:{by.pk}":
        raise NotYourComment
    held = EventComment.objects.select_for_update().get(pk=comment.pk)
    if held.taken_back_at is not None:
        raise TakenBackBefore
    held.taken_back_at = now
    held.save(update_fields=["taken_back_at"])
    return held


def _refuse_unless_reviewable(attempt: Attempt, by: "User") -> None:
    if not can_review(by, attempt):
        raise NotYoursToReview
    if attempt.state != AttemptState.ENDED:
        raise NotEndedYet


def checked(run: ScoreRun, points: Mapping[str, Decimal]) -> Changes:
    """The points that really change, each within what its item can give."""
    lines = {line["id"]: line for line in run.parts["items"]}
    changes = []
    for item, given in points.items():
        if item not in lines:
            raise UnknownItem(item=item)
        most, before = Decimal(lines[item]["max"]), Decimal(lines[item]["points"])
        if not 0 <= given <= most:
            raise PointsOutOfRange(item=item, most=most)
        if given != before:
            changes.append({"item": item, "before": f"{before:.2f}", "points": f"{given:.2f}"})
    if not changes:
        raise NothingChanged
    return changes


@transaction.atomic
def override(
    *, attempt: Attempt, points: Mapping[str, Decimal], reason: str, made_by: "User", now: datetime
) -> Override:
    """Give items other points than the rules did: at once in practice, after a second person where it counts."""
    _refuse_unless_reviewable(attempt, made_by)
    if not reason.strip():
        raise NoReason
    return propose(attempt=hold(attempt), points=points, reason=reason, made_by=made_by, now=now)


def propose(
    *,
    attempt: Attempt,
    points: Mapping[str, Decimal],
    reason: str,
    made_by: "User",
    now: datetime,
    appeal: Appeal | None = None,
) -> Override:
    """Write a correction of a held attempt down; one that needs nobody else comes into force."""
    run = latest_score(attempt)
    if run is None:
        raise NotEndedYet
    row = Override(
        attempt=attempt,
        score=run,
        appeal=appeal,
        changes=checked(run, points),
        reason=reason.strip(),
        two_people=attempt.counted,
        made_by=f"user:{made_by.pk}",
        made_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise OneWaits from None
    _record(row, "override-made", row.made_by, now)
    if row.two_people:
        _ask_second(row, now)
    else:
        _put_in_force(row, row.made_by, now)
    return row


def _record(row: Override, action: str, actor: str, now: datetime) -> None:
    audit.record(
        action=f"simulations.{action}",
        actor=actor,
        subject=f"simulations.override:{row.uid}",
        organisation=row.attempt.organisation.code,
        detail={
            "attempt": str(row.attempt.uid),
            "changes": row.changes,
            "reason": row.refusal or row.reason,
        },
        now=now,
    )


def _ask_second(row: Override, now: datetime) -> None:
    tell_deciders(
        attempt=row.attempt,
        besides={row.made_by},
        kind="simulation-review-waiting",
        subject_ref=f"simulations.override:{row.uid}",
        url=reverse("simulations:desk-override", args=[row.uid]),
        now=now,
    )


def may_confirm(user: "User", row: Override) -> bool:
    """Whether this person is the second one."""
    return can_decide(user, row.attempt) and row.made_by != f"user:{user.pk}"


def _waiting(row: Override, decided_by: "User") -> Override:
    if not may_confirm(decided_by, row):
        raise SecondPersonNeeded
    held = Override.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.state != OverrideState.WAITING:
        raise OverrideDecided(state=held.get_state_display())
    held.attempt = hold(row.attempt)
    return held


@transaction.atomic
def confirm(*, override: Override, decided_by: "User", now: datetime) -> ScoreRun:
    """The second person agrees: the correction comes into force and a new score is written."""
    held = _waiting(override, decided_by)
    standing = latest_score(held.attempt)
    if standing is None or standing.pk != held.score_id:
        raise ScoreMoved
    return _put_in_force(held, f"user:{decided_by.pk}", now)


def _put_in_force(row: Override, actor: str, now: datetime) -> ScoreRun:
    row.state, row.decided_by, row.decided_at = OverrideState.IN_FORCE, actor, now
    row.save(update_fields=["state", "decided_by", "decided_at"])
    _record(row, "override-in-force", actor, now)
    return rewrite(attempt=row.attempt, override=row, now=now)


@transaction.atomic
def refuse(*, override: Override, reason: str, decided_by: "User", now: datetime) -> Override:
    """The second person does not agree: the score stays, and an appeal behind it waits for another decision."""
    if not reason.strip():
        raise NoReason
    held = _waiting(override, decided_by)
    held.state, held.decided_by, held.decided_at = OverrideState.REFUSED, f"user:{decided_by.pk}", now
    held.refusal = reason.strip()
    held.save(update_fields=["state", "decided_by", "decided_at", "refusal"])
    _record(held, "override-refused", held.decided_by, now)
    if held.appeal_id:
        reopen(held.appeal_id)
    return held
