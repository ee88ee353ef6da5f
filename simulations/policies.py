"""Who may do what with a deal simulation: one reading of the rules for pages and API alike."""

from typing import TYPE_CHECKING

from lms.cohorts.selectors.roles import holds_role, organisations_of
from simulations.enums import DECIDING_ROLES, DESK_ROLES, AttemptState
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


def can_run_desk(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """Trainers and managers of a base set scenarios, read its attempts, comment, and propose corrections."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or holds_role(user, organisation_id, *DESK_ROLES)


def can_decide_here(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """Managers of a base confirm corrections, decide appeals and approve rescores."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or holds_role(user, organisation_id, *DECIDING_ROLES)


def runs_a_desk(user: "User | AnonymousUser") -> bool:
    """Whether `user` trains or manages anywhere."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or organisations_of(user, *DESK_ROLES).exists()


def decides_somewhere(user: "User | AnonymousUser") -> bool:
    """Whether `user` manages a base."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or organisations_of(user, *DECIDING_ROLES).exists()


def can_review(user: "User | AnonymousUser", attempt: Attempt) -> bool:
    """The staff of the attempt's base; nobody reviews an own attempt, whatever their rank."""
    return not can_play(user, attempt) and can_run_desk(user, attempt.organisation_id)


def can_decide(user: "User | AnonymousUser", attempt: Attempt) -> bool:
    """Who decides about an attempt: a manager of its base, never whoever played it."""
    return not can_play(user, attempt) and can_decide_here(user, attempt.organisation_id)
