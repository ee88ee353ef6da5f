"""Who may do what with questions, seats and attempts."""

from typing import TYPE_CHECKING

from lms.cohorts.enums import STAFF_ROLES, Role
from lms.cohorts.selectors.roles import holds_role, organisations_of
from lms.exams.enums import BANK_ROLES, EXAM_ROLES
from lms.exams.models import Appeal, Attempt, Seat

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


def can_run_exams(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """Planning, seating and everything that decides about an exam is for the managers of its own base."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or holds_role(user, organisation_id, *EXAM_ROLES)


def runs_exams(user: "User | AnonymousUser") -> bool:
    """Whether `user` runs exams anywhere."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or organisations_of(user, *EXAM_ROLES).exists()


def can_decide_appeal(user: "User | AnonymousUser", appeal: Appeal) -> bool:
    """Managers of the base that holds the exam; nobody about an own paper, whatever their rank."""
    seat = appeal.attempt.seat
    return not can_sit(user, seat) and can_run_exams(user, seat.exam.organisation_id)


def keeps_a_bank(user: "User | AnonymousUser") -> bool:
    """Whether `user` writes questions anywhere."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or organisations_of(user, *BANK_ROLES).exists()


def can_write_questions(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """Trainers and managers of the organisation that keeps the bank."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or holds_role(user, organisation_id, *BANK_ROLES)


def can_publish_questions(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """What is asked, and what is asked no more, is the manager's to say."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or holds_role(user, organisation_id, Role.BASE_MANAGER)


def can_keep_laws(user: "User | AnonymousUser") -> bool:
    """The list of legal texts is one for all banks, and kept by the editors of the platform."""
    return user.is_authenticated and user.is_superuser
