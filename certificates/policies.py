"""Who may prepare, decide, issue and revoke: one reading of the rules for pages, commands and verbs."""

from typing import TYPE_CHECKING

from certificates.enums import DecisionState
from certificates.models.decision import DECIDING_ROLES
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import holds_role, organisations_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from certificates.models import Certificate, Decision
    from lms.accounts.models import User


def works_on_decisions(user: "User | AnonymousUser") -> bool:
    """Whether `user` prepares, makes or oversees decisions anywhere."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return organisations_of(user, *DECIDING_ROLES).exists()


def can_prepare(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """A manager of the training base prepares decisions about its people."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return holds_role(user, organisation_id, Role.BASE_MANAGER)


def is_own_case(user: "User | AnonymousUser", decision: "Decision") -> bool:
    """Whether the decision is about `user`."""
    return decision.person.user_id is not None and decision.person.user_id == user.pk


def can_decide(user: "User | AnonymousUser", decision: "Decision") -> bool:
    """A certifier of the same organisation decides: not the one who prepared it, and nobody their own case."""
    if not user.is_authenticated or decision.prepared_by_id == user.pk or is_own_case(user, decision):
        return False
    if user.is_superuser:
        return True
    return holds_role(user, decision.organisation_id, Role.CERTIFIER)


def can_issue(user: "User | AnonymousUser", decision: "Decision") -> bool:
    """Whoever prepares or decides at the organisation may have an approved decision issued."""
    if not user.is_authenticated or decision.state != DecisionState.APPROVED:
        return False
    if user.is_superuser:
        return True
    return holds_role(user, decision.organisation_id, Role.BASE_MANAGER, Role.CERTIFIER)


def can_revoke(user: "User | AnonymousUser", certificate: "Certificate") -> bool:
    """A certifier of the organisation that issued it revokes a certificate."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return holds_role(user, certificate.organisation_id, Role.CERTIFIER)
