"""Who may do what with a deal simulation: one reading of the rules for pages and API alike."""

from typing import TYPE_CHECKING

from simulations.enums import AttemptState
from simulations.models import Attempt

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def can_play(user: "User | AnonymousUser", attempt: Attempt) -> bool:
    """Only the person who sat down acts in an attempt; staff look on, and do not even as superusers act."""
    if not user.is_authenticated:
        return False
    return attempt.person.user_id == user.pk


def can_read_debrief(user: "User | AnonymousUser", attempt: Attempt) -> bool:
    """The hidden half is shown once the attempt has ended, to whoever may see the attempt at all."""
    if not user.is_authenticated:
        return False
    return attempt.state == AttemptState.ENDED


# The Django permission that a member of staff is given for it.
GRANT = "simulations.add_scenarioversion"


def can_write_scenarios(user: "User | AnonymousUser") -> bool:
    """Superusers, and members of the platform's staff who were given this grant; no training base writes scenarios."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return user.is_staff and user.has_perm(GRANT)
