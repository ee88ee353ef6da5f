"""Deciding appeals: about a rejected claim, and about a violation that was confirmed."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.credits.enums import AppealState, ClaimState, CreditKind
from lms.credits.models import Claim, ClaimAppeal
from lms.credits.policies import can_decide_appeal
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce

from .claim_states import change_state, day_of, locked
from .claim_telling import tell_confirmers
from .crediting import take_back
from .judging import actor_of, write_down

if TYPE_CHECKING:
    from lms.accounts.models import User

LONGEST_ANSWER = 1000


class NotYoursToAnswer(NotAllowed):
    """Only somebody with no hand in the claim decides."""

    code = "credit-appeal-not-yours"
    message = _("Somebody decides this appeal who had no hand in “%(claim)s”, no share of it and no interest in it.")


class AppealEnded(Conflict):
    """Decided before."""

    code = "credit-appeal-ended"
    message = _("This appeal was decided already: %(state)s.")


class NoAnswer(Refusal):
    """Both decisions want reasons."""

    code = "credit-appeal-without-answer"
    message = _("Give your reasons; whoever appealed reads them.")


@transaction.atomic
def decide_appeal(*, appeal: ClaimAppeal, user: "User", uphold: bool, answer: str, now: datetime) -> ClaimAppeal:
    """Answer an appeal once. An upheld one puts the claim before others than those who rejected it, or takes a
    violation back; the same call again answers the same.
    """
    claim = locked(appeal.claim)
    held = ClaimAppeal.objects.select_for_update().get(pk=appeal.pk)
    held.claim = claim
    to = AppealState.UPHELD if uphold else AppealState.DISMISSED
    if held.state == to and held.decided_by_id == user.pk:
        return held
    if held.state != AppealState.FILED:
        raise AppealEnded(state=held.get_state_display())
    if not can_decide_appeal(user, held):
        raise NotYoursToAnswer(claim=claim.title)
    if not answer.strip():
        raise NoAnswer
    held.state, held.answer, held.decided_by, held.decided_at = to, answer.strip()[:LONGEST_ANSWER], user, now
    held.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    write_down(claim, f"appeal-{to.value}", user, now=now)
    _carry_out(claim, held, user, uphold=uphold, now=now)
    _tell_appellant(held, now)
    return held


def _carry_out(claim: Claim, appeal: ClaimAppeal, user: "User", *, uphold: bool, now: datetime) -> None:
    if claim.kind == CreditKind.VIOLATION:
        if uphold:
            take_back(claim, reason=appeal.answer, actor=actor_of(user), now=now)
        return
    if uphold:
        claim.round += 1
        change_state(claim, ClaimState.SUBMITTED, actor_of(user), appeal.answer, now)
        tell_confirmers(claim, now=now)
    else:
        change_state(claim, ClaimState.REJECTED, actor_of(user), appeal.answer, now, due_on=day_of(now))


def _tell_appellant(appeal: ClaimAppeal, now: datetime) -> None:
    claim = appeal.claim
    page = "credits:violation" if claim.kind == CreditKind.VIOLATION else "credits:claim"
    announce(
        to=claim.person.user,
        kind="credit-appeal-decided",
        subject_ref=f"credits.appeal:{appeal.uid}:decided",
        context={"claim": claim.title, "upheld": appeal.state == AppealState.UPHELD},
        url=reverse(page, args=[claim.uid]),
        organisation=claim.organisation.code,
        now=now,
    )
