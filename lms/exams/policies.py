"""Who may do what with seats and attempts."""

from typing import TYPE_CHECKING

from lms.cohorts.enums import STAFF_ROLES
from lms.cohorts.selectors.roles import holds_role
from lms.exams.models import Attempt, Seat

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def can_sit(user: "User | AnonymousUser", seat: Seat) -> bool:
    """Nobody sits an exam for somebody else, whatever their rank."""
    return user.is_authenticated and seat.person.user_id == user.pk


def can_read_result(user: "User | AnonymousUser", attempt: Attempt) -> bool:
    """One's own result, and those of organisations that one works for."""
    if not user.is_authenticated:
        return False
    if user.is_superuser or can_sit(user, attempt.seat):
        return True
    return holds_role(user, attempt.seat.organisation_id, *STAFF_ROLES)
