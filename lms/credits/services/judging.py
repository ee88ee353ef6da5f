"""Deciding about a claim: what confirming, returning and rejecting share, and the two that turn it down."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import ClaimState, CreditKind, Verification
from lms.credits.models import Claim, ClaimEvent
from lms.credits.policies import can_confirm_at, can_turn_down, has_part_in
from lms.credits.selectors.rules import table_of
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services import audit

from .claim_states import change_state, locked

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.credits.engine.rules import Rule

LEVELS = (
    Verification.SELF_DECLARED,
    Verification.ORGANISATION_CONFIRMED,
    Verification.DOCUMENT_CHECKED,
    Verification.REGISTRY_MATCHED,
)
LONGEST_REASON = 500


class NotYoursToConfirm(NotAllowed):
    """Own work, work with an own share or interest, somebody else's organisation, or decided by the same person."""

    code = "claim-not-yours-to-confirm"
    message = _(
        "Somebody else at the organisation decides about “%(claim)s”: nobody decides about own work, about work with "
        "an own share or interest, or twice about the same claim."
    )


class ClaimNotWaiting(Conflict):
    """Decided before, or back with its owner."""

    code = "claim-not-waiting"
    message = _("“%(claim)s” does not wait for a decision: %(state)s.")


class ClaimChangedSince(Conflict):
    """The page that was looked at shows something else."""

    code = "claim-changed-since"
    message = _("“%(claim)s” changed after you opened its page. Look at it as it stands now, then decide.")


class NoReason(Refusal):
    """Whoever turns a claim down says why."""

    code = "claim-decision-without-reason"
    message = _("Say why; whoever claimed reads the reason.")


class NotToComplete(Conflict):
    """What an organisation wrote itself has nobody to complete it."""

    code = "claim-not-to-complete"
    message = _("Nobody handed this in, so nobody can complete it. Confirm it or reject it.")


def levels_for(rule: "Rule") -> list[Verification]:
    """How well a claim under `rule` can be vouched for by hand, from weak to strong: never less than the organisation's
    word, unless the rule allows no more than the claimant's own.
    """
    strongest = Verification(rule.verification)
    allowed = LEVELS[: LEVELS.index(strongest) + 1] if strongest in LEVELS else LEVELS
    return list(allowed[1:]) or list(allowed)


def actor_of(user: "User") -> str:
    """How events and the audit book name who did something."""
    return f"user:{user.pk}"


def require_waiting(claim: Claim, revision: int, seen: str, evidence_hash: str) -> None:
    """The claim waits for a decision and is what was looked at: same revision, same fields, shares and files."""
    if claim.state != ClaimState.SUBMITTED:
        raise ClaimNotWaiting(claim=claim.title, state=claim.get_state_display())
    if claim.revision != revision or (seen and seen != evidence_hash):
        raise ClaimChangedSince(claim=claim.title)


@transaction.atomic
def return_claim(*, claim: Claim, user: "User", reason: str, revision: int, now: datetime) -> Claim:
    """Send a claim back to be completed, with a reason and a day; the same call again answers the returned claim."""
    if table_of(claim.rules).rule(claim.rule).by == "desk":
        raise NotToComplete
    return _turn_down(claim, ClaimState.RETURNED, user, reason, revision, now)


@transaction.atomic
def reject_claim(*, claim: Claim, user: "User", reason: str, revision: int, now: datetime) -> Claim:
    """Reject a claim, with a reason; it may be appealed. The same call again answers the rejected claim."""
    return _turn_down(claim, ClaimState.REJECTED, user, reason, revision, now)


@transaction.atomic
def pass_on(*, claim: Claim, user: "User", reason: str, now: datetime) -> Claim:
    """Declare an interest in the claim: whoever does leaves it to others, for good. An event that changes no state.

    Whoever confirmed it in this round already cannot pass it on any more: they return or reject it.
    """
    held = locked(claim)
    if not can_confirm_at(user, held.organisation_id) or has_part_in(user, held):
        raise NotYoursToConfirm(claim=held.title)
    if held.confirmations.filter(round=held.round, user=user).exists():
        raise NotYoursToConfirm(claim=held.title)
    if held.state not in (ClaimState.SUBMITTED, ClaimState.APPEALED):
        raise ClaimNotWaiting(claim=held.title, state=held.get_state_display())
    if not reason.strip():
        raise NoReason
    passed = {"from_state": held.state, "to_state": held.state, "actor": actor_of(user)}
    if not held.events.filter(**passed).exists():
        ClaimEvent.objects.create(claim=held, reason=reason.strip()[:LONGEST_REASON], at=now, **passed)
        write_down(held, "passed-on", user, now=now)
    return held


def write_down(claim: Claim, act: str, user: "User", *, now: datetime, **detail: str | int) -> None:
    """An act of those who decide, in the audit book; the reasons stand with the events of the claim."""
    audit.record(
        action=f"credits.claim-{act}",
        actor=actor_of(user),
        subject=f"credits.claim:{claim.uid}",
        organisation=claim.organisation.code,
        detail={"round": claim.round, "rule": claim.rule, **detail},
        now=now,
    )


def _turn_down(claim: Claim, to: ClaimState, user: "User", reason: str, revision: int, now: datetime) -> Claim:
    held = locked(claim)
    if held.state == to and _did(held, to, user):
        return held
    require_waiting(held, revision, "", "")
    if not can_turn_down(user, held):
        raise NotYoursToConfirm(claim=held.title)
    if not reason.strip():
        raise NoReason
    event = change_state(held, to, actor_of(user), reason, now)
    write_down(held, to.value, user, now=now)
    if held.kind != CreditKind.VIOLATION:
        _tell_claimant(held, event, now)
    return held


def _did(claim: Claim, to: ClaimState, user: "User") -> bool:
    last = claim.events.order_by("-pk").first()
    return last is not None and (last.to_state, last.actor) == (to, actor_of(user))


def _tell_claimant(claim: Claim, event: ClaimEvent, now: datetime) -> None:
    tell_of_turning_down(claim=claim, event=event, subject_ref=f"credits.claim_event:{event.pk}", now=now)


def tell_of_turning_down(*, claim: Claim, event: ClaimEvent, subject_ref: str, now: datetime) -> None:
    """The claimant, of what was decided, why, and until when something can be done about it."""
    announce(
        to=claim.person.user,
        kind=f"claim-{event.to_state}",
        subject_ref=subject_ref,
        context={
            "claim": claim.title,
            "reason": event.reason,
            "day": {"on": claim.due_on.isoformat() if claim.due_on else now.date().isoformat()},
        },
        url=reverse("credits:claim", args=[claim.uid]),
        organisation=claim.organisation.code,
        now=now,
    )
