"""Who may do what with claims, samples, violations and rules of credits."""

from typing import TYPE_CHECKING

from django.db.models import F, Q

from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import holds_role, organisations_of
from lms.credits.enums import APPEAL_ROLES, CONFIRMING_ROLES, READING_ROLES, ClaimState
from lms.credits.models import Claim, ClaimEvent, ClaimShare, Confirmation
from lms.credits.selectors.portfolios import sources_of
from lms.marking.selectors.hands import hands_on

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.credits.models import AuditSample, ClaimAppeal, Portfolio


def reads_claims(user: "User | AnonymousUser") -> bool:
    """Whoever reads the claims of any organisation: those who decide, and the authority above them."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or organisations_of(user, *READING_ROLES).exists()


def confirms_claims(user: "User | AnonymousUser") -> bool:
    """Whoever decides about the claims of any organisation."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or organisations_of(user, *CONFIRMING_ROLES).exists()


def can_confirm_at(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """Managers, certifiers and verifiers of an organisation decide about what it was handed."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or holds_role(user, organisation_id, *CONFIRMING_ROLES)


def can_read_at(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """Those who decide about the claims of an organisation, and the authority above it."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or holds_role(user, organisation_id, *READING_ROLES)


def can_change_rules_of(user: "User | AnonymousUser", organisation_id: int | None) -> bool:
    """Managers change the rules of their organisation; those of the scheme are for who runs the platform."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return organisation_id is not None and holds_role(user, organisation_id, Role.BASE_MANAGER)


def has_part_in(user: "User | AnonymousUser", claim: Claim) -> bool:
    """Whether the work is `user`'s own, or they are named with a share of it (two queries at most)."""
    if not user.is_authenticated:
        return False
    if claim.person.user_id == user.pk:
        return True
    return ClaimShare.objects.filter(claim=claim.pk, person__user_id=user.pk or 0).exists()


def declared_interest(user: "User | AnonymousUser", claim: Claim) -> bool:
    """Whether `user` passed this claim on because of an interest in it: an event that changes no state."""
    passed_on = ClaimEvent.objects.filter(claim=claim.pk, actor=f"user:{user.pk}", from_state=F("to_state"))
    return passed_on.exists()


def has_decided(user: "User | AnonymousUser", claim: Claim) -> bool:
    """Whether `user` confirmed, returned, rejected or proposed this claim in any of its rounds."""
    if Confirmation.objects.filter(claim=claim.pk, user_id=user.pk or 0).exists():
        return True
    acts = ClaimEvent.objects.filter(claim=claim.pk, actor=f"user:{user.pk}")
    return acts.exclude(from_state=F("to_state")).filter(~Q(claim__person__user_id=user.pk)).exists()


def has_rejected(user: "User | AnonymousUser", claim: Claim) -> bool:
    """Whether `user` rejected the claim, or decided an appeal about it: then others look at it anew."""
    acts = ClaimEvent.objects.filter(claim=claim.pk, actor=f"user:{user.pk}").exclude(from_state=F("to_state"))
    return acts.filter(Q(to_state=ClaimState.REJECTED) | Q(from_state=ClaimState.APPEALED)).exists()


def is_biased(user: "User | AnonymousUser", claim: Claim) -> bool:
    """Nobody decides about own work, or about work in which they hold an interest; no rank lifts that."""
    return has_part_in(user, claim) or declared_interest(user, claim)


def can_confirm(user: "User | AnonymousUser", claim: Claim) -> bool:
    """Who decides at the organisation, holds no interest, and has not confirmed in this round already."""
    if not can_confirm_at(user, claim.organisation_id) or is_biased(user, claim):
        return False
    if has_rejected(user, claim):
        return False
    return not Confirmation.objects.filter(claim=claim.pk, round=claim.round, user_id=user.pk or 0).exists()


def can_turn_down(user: "User | AnonymousUser", claim: Claim) -> bool:
    """To return or reject, one person is enough; the first of two may think better of it."""
    return can_confirm_at(user, claim.organisation_id) and not is_biased(user, claim) and not has_rejected(user, claim)


def can_decide_appeal(user: "User | AnonymousUser", appeal: "ClaimAppeal") -> bool:
    """Certifiers and the authority, but nobody who had a hand in the claim."""
    if not user.is_authenticated:
        return False
    claim = appeal.claim
    if not user.is_superuser and not holds_role(user, claim.organisation_id, *APPEAL_ROLES):
        return False
    return not is_biased(user, claim) and not has_decided(user, claim)


def can_look_again(user: "User | AnonymousUser", sample: "AuditSample") -> bool:
    """A confirmed claim is looked at again by somebody who decides there and did not decide about this one."""
    claim = sample.claim
    return can_confirm_at(user, claim.organisation_id) and not is_biased(user, claim) and not has_decided(user, claim)


def can_open_claim_file(user: "User | AnonymousUser", claim: Claim) -> bool:
    """Evidence is read by those who had a part in the work, and by those who decide about it or look over them."""
    return has_part_in(user, claim) or can_read_at(user, claim.organisation_id)


def can_register(user: "User | AnonymousUser", portfolio: "Portfolio") -> bool:
    """A certifier of its organisation who has no share in the work, and marked nothing of it."""
    if not user.is_authenticated or portfolio.person.user_id == user.pk:
        return False
    if not user.is_superuser and not holds_role(user, portfolio.organisation_id, Role.CERTIFIER):
        return False
    shares = ClaimShare.objects.filter(claim__in=portfolio.pieces.values("claim"), person__user_id=user.pk)
    return not shares.exists() and f"user:{user.pk}" not in hands_on(sources_of(portfolio))
