"""Who is told what about a claim, inside the transaction of the fact."""

from datetime import datetime

from django.urls import reverse

from lms.cohorts.selectors.roles import users_in_role
from lms.credits.enums import APPEAL_ROLES, CONFIRMING_ROLES, ShareState
from lms.credits.models import Claim, ClaimAppeal, ClaimShare
from lms.mailing.services.announcing import announce


def tell_confirmers(claim: Claim, *, now: datetime) -> None:
    """Each who may confirm at the claim's organisation and has no part in it; one mail a day."""
    base = claim.organisation
    users = {user.pk: user for role in CONFIRMING_ROLES for user in users_in_role(base.pk, role, at=now)}
    taking_part = _taking_part(claim)
    for user in users.values():
        if user.pk not in taking_part:
            announce(
                to=user,
                kind="claim-waiting",
                subject_ref=f"credits.claim:{claim.uid}:{claim.round}",
                context={
                    "person": claim.person.real_name,
                    "claim": claim.title,
                    "organisation": {"zh": base.name, "en": base.name_en},
                },
                url=reverse("credits:desk-claim", args=[claim.uid]),
                organisation=base.code,
                mailed_as=f"credits.claims:{base.pk}:{now.date().isoformat()}",
                now=now,
            )


def ask_partners(claim: Claim, *, now: datetime) -> None:
    """Each co-contributor who has not answered yet."""
    for share in claim.shares.filter(state=ShareState.ASKED).select_related("person__user"):
        announce(
            to=share.person.user,
            kind="share-asked",
            subject_ref=f"credits.share:{share.uid}:{claim.round}",
            context={"person": claim.person.real_name, "claim": claim.title, "percent": f"{share.percent:.2f}"},
            url=reverse("credits:share", args=[share.uid]),
            organisation=claim.organisation.code,
            now=now,
        )


def tell_of_answer(claim: Claim, share: ClaimShare, *, now: datetime) -> None:
    """The claimant, of what a co-contributor said."""
    announce(
        to=claim.person.user,
        kind="share-answered",
        subject_ref=f"credits.share:{share.uid}:{claim.round}:answered",
        context={
            "person": share.person.real_name,
            "claim": claim.title,
            "agreed": share.state == ShareState.AGREED,
            "reason": share.reason,
        },
        url=reverse("credits:claim", args=[claim.uid]),
        organisation=claim.organisation.code,
        now=now,
    )


def tell_of_appeal(claim: Claim, appeal: ClaimAppeal, *, now: datetime) -> None:
    """Each who decides appeals at the organisation and has no part in the claim; one mail a day."""
    base = claim.organisation
    users = {user.pk: user for role in APPEAL_ROLES for user in users_in_role(base.pk, role, at=now)}
    taking_part = _taking_part(claim)
    for user in users.values():
        if user.pk not in taking_part:
            announce(
                to=user,
                kind="credit-appeal-waiting",
                subject_ref=f"credits.appeal:{appeal.uid}",
                context={
                    "person": claim.person.real_name,
                    "claim": claim.title,
                    "day": {"on": appeal.due_on.isoformat()},
                    "organisation": {"zh": base.name, "en": base.name_en},
                },
                url=reverse("credits:desk-appeal", args=[appeal.uid]),
                organisation=base.code,
                mailed_as=f"credits.appeals:{base.pk}:{now.date().isoformat()}",
                now=now,
            )


def _taking_part(claim: Claim) -> set[int | None]:
    return {claim.person.user_id, *claim.shares.values_list("person__user_id", flat=True)}
