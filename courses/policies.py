"""Who may do what with a course and an enrolment."""

from typing import TYPE_CHECKING

from courses.models import Enrolment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from courses.models import Course
    from lms.accounts.models import User


def can_enrol(user: "User | AnonymousUser", course: "Course") -> bool:
    """Whoever has signed in as a person may take up a course that has been published."""
    return user.is_authenticated and hasattr(user, "person") and course.current_version_id is not None


def can_view_enrolment(user: "User | AnonymousUser", enrolment: Enrolment) -> bool:
    """The person themselves, and the staff of the organisation that keeps the enrolment."""
    return Enrolment.objects.visible_to(user).filter(pk=enrolment.pk).exists()


def can_study(user: "User | AnonymousUser", enrolment: Enrolment) -> bool:
    """Nobody studies for somebody else, not even who may do everything."""
    return user.is_authenticated and enrolment.person.user_id == user.pk
