"""How a claimant ends a claim, or will not let a rejection be its end: throwing away, withdrawing, appealing."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import ClaimState
from lms.credits.models import Claim, ClaimAppeal
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.records.services.private_files import shred

from .claim_states import change_state, day_of, locked
from .claim_telling import tell_of_appeal

if TYPE_CHECKING:
    from lms.accounts.models import User

WITHDRAWABLE = (ClaimState.SUBMITTED, ClaimState.RETURNED)
LONGEST_APPEAL = 1000


class NotYourClaim(NotAllowed):
    code = "not-your-claim"
    message = _("Only the person who claimed can do this.")


class NotWithdrawable(Conflict):
    """Decided claims stay as they are."""

    code = "claim-not-withdrawable"
    message = _("This claim can no longer be withdrawn: %(state)s.")


class NotADraft(Conflict):
    """What was handed in once stays on record."""

    code = "claim-not-a-draft"
    message = _("Only a draft that was never handed in can be thrown away.")


class NothingToAppeal(Conflict):
    code = "claim-not-rejected"
    message = _("Only a rejected claim can be appealed; this one stands here: %(state)s.")


class AppealTooLate(Conflict):
    code = "claim-appeal-late"
    message = _("The time for an appeal ended on %(last)s.")


class AppealedBefore(Conflict):
    code = "claim-appealed-before"
    message = _("This rejection was appealed already. A rejection is appealed once.")


class AppealWithoutGrounds(Refusal):
    code = "claim-appeal-without-grounds"
    message = _("Say what you hold against the rejection; somebody who had no hand in it reads it and answers.")


@transaction.atomic
def withdraw_claim(*, claim: Claim, actor: str, now: datetime) -> Claim:
    """Take back what was handed in and is not decided; its history stays, its contract number is free again."""
    held = locked(claim)
    if held.state == ClaimState.WITHDRAWN:
        return held
    if held.state not in WITHDRAWABLE:
        raise NotWithdrawable(state=held.get_state_display())
    change_state(held, ClaimState.WITHDRAWN, actor, "", now)
    return held


@transaction.atomic
def discard_claim(*, claim: Claim) -> None:
    """Throw away a draft that was never handed in, with its files."""
    held = locked(claim)
    if held.state != ClaimState.DRAFT or held.events.exists():
        raise NotADraft
    for evidence in held.evidence.select_related("file"):
        if evidence.file is not None:
            shred(evidence.file)
    held.delete()


@transaction.atomic
def appeal(*, claim: Claim, user: "User", reason: str, now: datetime) -> ClaimAppeal:
    """Ask that somebody else looks at a rejection, within the time for it."""
    held = locked(claim)
    if held.person.user_id != user.pk:
        raise NotYourClaim
    if held.appeals.filter(round=held.round).exists():
        raise AppealedBefore
    if held.state != ClaimState.REJECTED:
        raise NothingToAppeal(state=held.get_state_display())
    if held.due_on is not None and day_of(now) > held.due_on:
        raise AppealTooLate(last=held.due_on.isoformat())
    if not reason.strip():
        raise AppealWithoutGrounds
    change_state(held, ClaimState.APPEALED, f"user:{user.pk}", "", now)
    filed = ClaimAppeal.objects.create(
        claim=held,
        round=held.round,
        reason=reason.strip()[:LONGEST_APPEAL],
        filed_at=now,
        due_on=held.due_on or day_of(now),
    )
    tell_of_appeal(held, filed, now=now)
    return filed
