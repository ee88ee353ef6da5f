"""Credits lost by a violation: proposed by one, confirmed by another, told to the person, who may appeal."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.cohorts.selectors.roles import users_in_role
from lms.credits.enums import CONFIRMING_ROLES, ClaimState, CreditKind
from lms.credits.models import Claim, ClaimAppeal
from lms.credits.selectors.claims import organisations_for
from lms.credits.selectors.rules import table_of
from lms.credits.selectors.violations import last_day_of_appeal
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce

from .claim_endings import LONGEST_APPEAL, AppealedBefore, AppealTooLate, AppealWithoutGrounds
from .claim_states import day_of, locked
from .claim_telling import tell_of_appeal
from .confirming import confirm_claim
from .judging import levels_for
from .putting import Entry, put

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.cohorts.models import Organisation


class NotOfThisOrganisation(Refusal):
    """An organisation judges those whom it knows."""

    code = "violation-of-a-stranger"
    message = _("This person has no place, role or credits at %(organisation)s, so it cannot take credits from them.")


class NotYourViolation(NotAllowed):
    code = "violation-not-yours"
    message = _("Only the person who lost the credits can appeal.")


class NothingConfirmed(Conflict):
    code = "violation-not-confirmed"
    message = _("There is nothing to appeal about: no second person has confirmed this.")


@transaction.atomic
def propose_violation(*, entry: Entry, user: "User", request_id: UUID, now: datetime) -> Claim:
    """Propose that somebody loses credits; nothing is lost before another person confirms it.

    The same `request_id` proposes once.
    """
    if not organisations_for(entry.person).filter(pk=entry.organisation.pk).exists():
        raise NotOfThisOrganisation(organisation=entry.organisation.local_name)
    claim, is_new = put(entry=entry, user=user, request_id=request_id, violation=True, now=now)
    if is_new:
        level = levels_for(table_of(claim.rules).rule(claim.rule))[0]
        confirm_claim(claim=claim, user=user, verification=level, revision=claim.revision, now=now)
        _tell_others(claim, user, now)
        claim.refresh_from_db()
    return claim


@transaction.atomic
def appeal_violation(*, claim: Claim, user: "User", reason: str, now: datetime) -> ClaimAppeal:
    """Ask that a third person looks at a confirmed violation, within the time for it."""
    held = locked(claim)
    if held.person.user_id != user.pk:
        raise NotYourViolation
    if held.kind != CreditKind.VIOLATION or held.state != ClaimState.CONFIRMED:
        raise NothingConfirmed
    if held.appeals.filter(round=held.round).exists():
        raise AppealedBefore
    last = last_day_of_appeal(held)
    if last is None or day_of(now) > last:
        raise AppealTooLate(last=last.isoformat() if last else "")
    if not reason.strip():
        raise AppealWithoutGrounds
    filed = ClaimAppeal.objects.create(
        claim=held,
        round=held.round,
        reason=reason.strip()[:LONGEST_APPEAL],
        filed_at=now,
        due_on=_answer_by(held, now),
    )
    tell_of_appeal(held, filed, now=now)
    return filed


def _answer_by(claim: Claim, now: datetime) -> date:
    return date.fromordinal(day_of(now).toordinal() + table_of(claim.rules).claims.days_to_answer)


def _tell_others(claim: Claim, proposer: "User", now: datetime) -> None:
    base: Organisation = claim.organisation
    users = {user.pk: user for role in CONFIRMING_ROLES for user in users_in_role(base.pk, role, at=now)}
    for user in users.values():
        if user.pk in (proposer.pk, claim.person.user_id):
            continue
        announce(
            to=user,
            kind="violation-waiting",
            subject_ref=f"credits.claim:{claim.uid}",
            context={
                "person": claim.person.real_name,
                "organisation": {"zh": base.name, "en": base.name_en},
            },
            url=reverse("credits:desk-violation", args=[claim.uid]),
            organisation=base.code,
            now=now,
        )
