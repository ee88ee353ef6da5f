"""Who marks, who leads, who decides."""

from typing import TYPE_CHECKING

from lms.cohorts.selectors.roles import holds_role, organisations_of
from lms.marking.enums import LEAD_ROLES, LIVE_ALLOCATIONS, MARKER_ROLES
from lms.marking.models import Allocation, MarkingRound, Script

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def can_mark(user: "User | AnonymousUser", allocation: Allocation) -> bool:
    """Whoever the script was given to, as long as they are of the round and of the organisation."""
    if not user.is_authenticated or allocation.marker.user_id != user.pk:
        return False
    if allocation.state not in LIVE_ALLOCATIONS or allocation.marker.left_at is not None:
        return False
    return holds_role(user, allocation.script.round.organisation_id, *MARKER_ROLES)


def can_lead(user: "User | AnonymousUser", round: MarkingRound) -> bool:
    """A manager of the round's organisation sets its rules and its markers."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or holds_role(user, round.organisation_id, *LEAD_ROLES)


def can_decide(user: "User | AnonymousUser", script: Script) -> bool:
    """A lead decides where markers stay apart, and nobody about their own work, whatever their rank."""
    return script.person.user_id != user.pk and can_lead(user, script.round)


def can_enter(user: "User | AnonymousUser") -> bool:
    """Whoever marks or leads anywhere."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or organisations_of(user, *MARKER_ROLES, *LEAD_ROLES).exists()
