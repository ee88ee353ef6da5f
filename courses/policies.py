"""Who may do what with a course and an enrolment."""

from typing import TYPE_CHECKING

from courses.enums import LIVE_STATES
from courses.models import Enrolment
from courses.selectors.discussion import TEACHING
from lms.cohorts.enums import Role
from lms.cohorts.selectors.roles import holds_role, organisations_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from courses.models import Application, Course, PracticeRecord, Thread
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


def manages_a_base(user: "User | AnonymousUser") -> bool:
    """Whether `user` manages a training base: its offerings and the applications for them."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return organisations_of(user, Role.BASE_MANAGER).exists()


def can_manage_offerings(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """A base's own managers say what it offers, when and to how many."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return holds_role(user, organisation_id, Role.BASE_MANAGER)


def is_own_application(user: "User | AnonymousUser", application: "Application") -> bool:
    """Whether `user` is the applicant."""
    return user.is_authenticated and application.person.user_id == user.pk


def can_decide_application(user: "User | AnonymousUser", application: "Application") -> bool:
    """A manager of the base decides, and nobody on an own application, not even who may do everything."""
    if not user.is_authenticated or is_own_application(user, application):
        return False
    if user.is_superuser:
        return True
    return holds_role(user, application.organisation_id, Role.BASE_MANAGER)


def can_open_document(user: "User | AnonymousUser", application: "Application") -> bool:
    """Papers are read by whoever handed them in, and by those who decide about them."""
    return is_own_application(user, application) or can_decide_application(user, application)


def can_discuss(user: "User | AnonymousUser", thread: "Thread") -> bool:
    """Those who study the course at the base of the question, and the staff who teach them."""
    if not user.is_authenticated or not hasattr(user, "person"):
        return False
    studying = Enrolment.objects.filter(
        person__user_id=user.pk,
        state__in=LIVE_STATES,
        course_id=thread.course_id,
        organisation_id=thread.organisation_id,
    )
    return studying.exists() or can_moderate(user, thread)


def can_moderate(user: "User | AnonymousUser", thread: "Thread") -> bool:
    """Trainers and managers of the base at which the question was asked."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return holds_role(user, thread.organisation_id, *TEACHING)


def can_accept(user: "User | AnonymousUser", thread: "Thread") -> bool:
    """Who asked knows what helped; whoever moderates may say it too."""
    if not user.is_authenticated:
        return False
    return thread.author.user_id == user.pk or can_moderate(user, thread)


def can_announce(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """Trainers and managers tell those who study at their base."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return holds_role(user, organisation_id, *TEACHING)


def can_teach(user: "User | AnonymousUser") -> bool:
    """Whoever teaches for any base: its questions and announcements are theirs to look after."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or organisations_of(user, *TEACHING).exists()


def can_correct(user: "User | AnonymousUser", enrolment: Enrolment) -> bool:
    """A manager of the base that keeps the enrolment; nobody, whoever they are, for themselves."""
    if not user.is_authenticated or enrolment.person.user_id == user.pk:
        return False
    return user.is_superuser or holds_role(user, enrolment.organisation_id, Role.BASE_MANAGER)


def can_supervise_at(user: "User | AnonymousUser", organisation_id: int) -> bool:
    """Trainers and managers look after the field practice of those who study at their base."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return holds_role(user, organisation_id, *TEACHING)


def can_judge_practice(user: "User | AnonymousUser", record: "PracticeRecord") -> bool:
    """Who teaches at the base signs off, and nobody an own record, not even who may do everything."""
    if not user.is_authenticated or record.person.user_id == user.pk:
        return False
    return can_supervise_at(user, record.organisation_id)


def can_open_evidence(user: "User | AnonymousUser", record: "PracticeRecord") -> bool:
    """Evidence is read by whoever handed it in, and by those who sign the record off."""
    if not user.is_authenticated:
        return False
    return record.person.user_id == user.pk or can_judge_practice(user, record)
