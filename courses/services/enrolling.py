"""Taking up a course, and leaving it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.foundation.services.visitors import drop_pages
from courses.enums import EnrolmentState, OfferingState
from courses.models import Course, Enrolment, EnrolmentEvent, EnrolmentProgress, Offering
from courses.selectors.offerings import current_offerings, day_of
from courses.selectors.outlines import items_of
from courses.selectors.versions import version_for
from lms.cohorts.selectors.cohorts import current_membership
from lms.cohorts.services.cohorts import add_member
from lms.kernel.refusals import Conflict, NotFound, Refusal
from lms.mailing.services.announcing import announce
from lms.schemes.selectors.current import NoRulesInForce, current_version

from .places import OfferingFull, require_prerequisites, take_place

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Cohort, Organisation
    from lms.schemes.models import SchemeVersion


class NothingPublished(Conflict):
    """A course that was never published has nothing to read."""

    code = "nothing-published"
    message = _("This course has not been published yet.")


class CourseWithdrawn(Conflict):
    """The base has taken the course's page down; whoever studies it studies on."""

    code = "course-withdrawn"
    message = _("This course is no longer offered, so nobody new can take it up.")


class NotActive(Conflict):
    """Only an enrolment that is under way can be withdrawn."""

    code = "enrolment-not-active"
    message = _("This enrolment is not under way, so it cannot be withdrawn.")


class OfferingOfAnotherCourse(NotFound):
    """An address that was put together by hand."""

    code = "offering-of-another-course"
    message = _("This course has no such offering.")


class OfferingByApplication(Conflict):
    """The base decides who gets a place."""

    code = "offering-by-application"
    message = _("The training base decides about places in “%(offering)s”. Apply for one first.")


class OfferingNeeded(Refusal):
    """A course that is taught on occasions is taken up on one of them."""

    code = "offering-needed"
    message = _("This course is taken up in one of its offerings. Choose one first.")


def enrol(
    *,
    person: "Person",
    course: Course,
    cohort: "Cohort | None" = None,
    organisation: "Organisation",
    offering: Offering | None = None,
    reviewed: bool = False,
    actor: str,
    now: datetime,
) -> Enrolment:
    """Enrol the person in the version that their cohort reads, or in the course's present one without a cohort.

    Who is enrolled already keeps that enrolment and version.

    `reviewed` says that the training base has looked at the papers of this person: it then stands for the
    prerequisites, and a place may be given after enrolment was closed. Never is there one place too many.
    """
    cohort = cohort or (offering.cohort if offering else None)
    version = version_for(course, cohort)
    if version is None:
        raise NothingPublished
    live = Enrolment.objects.live().filter(person=person, course=course)
    found = live.first()
    if found:
        return found
    if not course.is_announced:
        raise CourseWithdrawn
    if not reviewed:
        require_prerequisites(person=person, course=course)
    draft = Enrolment(
        person=person,
        course=course,
        course_version=version,
        cohort=cohort,
        organisation=organisation,
        offering=offering,
        enrolled_at=now,
    )
    try:
        return _begin(draft, reviewed=reviewed, actor=actor, now=now)
    except (IntegrityError, OfferingFull) as slower:
        # A second click was faster, perhaps to the last place; both clicks get the one enrolment.
        try:
            return live.get()
        except Enrolment.DoesNotExist:
            raise slower from None


def enrol_oneself(
    *, person: "Person", course: Course, offering: Offering | None = None, actor: str, now: datetime
) -> Enrolment:
    """Take up a course on one's own: in an offering, within one's cohort where it fits, or by oneself.

    Whoever is on the roster of a cohort that the same base runs for the same level needs no offering, and no
    approval for the one that belongs to that cohort.
    """
    cohort = fitting_cohort(person=person, course=course)
    if offering is None:
        offering = _offering_without_asking(course, cohort, now)
    elif offering.course_id != course.pk or offering.state == OfferingState.PLANNED:
        raise OfferingOfAnotherCourse
    placed = offering is not None and cohort is not None and offering.cohort_id == cohort.pk
    if offering is not None and offering.by_application and not placed and not _is_enrolled(person, course):
        raise OfferingByApplication(offering=offering.local_title)
    return enrol(
        person=person,
        course=course,
        cohort=cohort if offering is None or placed else offering.cohort,
        organisation=offering.organisation if offering else course.organisation,
        offering=offering,
        actor=actor,
        now=now,
    )


def fitting_cohort(*, person: "Person", course: Course) -> "Cohort | None":
    """The cohort in which the person studies now, where the same base runs it for the level of the course."""
    membership = current_membership(person.pk)
    cohort = membership.cohort if membership else None
    if cohort is None or (cohort.organisation_id, cohort.level) != (course.organisation_id, course.level):
        return None
    return cohort


def _is_enrolled(person: "Person", course: Course) -> bool:
    return Enrolment.objects.live().filter(person=person, course=course).exists()


def _offering_without_asking(course: Course, cohort: "Cohort | None", now: datetime) -> Offering | None:
    """The offering of one's own cohort; none for who studies in a cohort without one, or where none is announced."""
    current = current_offerings(day_of(now)).filter(course=course)
    if cohort is not None:
        return current.open_on(day_of(now)).filter(cohort=cohort).select_related("organisation", "cohort").first()
    if current.exists():
        raise OfferingNeeded
    return None


def _rules_for(cohort: "Cohort | None", now: datetime) -> "SchemeVersion | None":
    """The version of the scheme under which time is counted: the cohort's, else the one in force, if any is."""
    if cohort is not None:
        return cohort.scheme_version
    try:
        return current_version(now)
    except NoRulesInForce:
        return None


@transaction.atomic
def _begin(enrolment: Enrolment, *, reviewed: bool, actor: str, now: datetime) -> Enrolment:
    if enrolment.offering_id is not None:
        take_place(enrolment.offering_id, reviewed=reviewed, now=now)
    enrolment.scheme_version = _rules_for(enrolment.cohort, now)
    enrolment.save(force_insert=True)
    EnrolmentEvent.objects.create(enrolment=enrolment, to_state=enrolment.state, actor=actor, at=now)
    items = items_of(enrolment.course_version)
    EnrolmentProgress.objects.create(
        enrolment=enrolment, total=len(items), declared_s=sum(item.declared_s for item in items)
    )
    if enrolment.offering is not None and enrolment.cohort is not None:
        add_member(cohort=enrolment.cohort, person=enrolment.person, actor=actor, now=now)
    _tell(enrolment, now)
    return enrolment


def _tell(enrolment: Enrolment, now: datetime) -> None:
    version = enrolment.course_version
    announce(
        to=enrolment.person.user,
        kind="enrolled",
        subject_ref=f"courses.enrolment:{enrolment.pk}",
        context={"course": {"zh": version.title, "en": version.title_en}},
        url=reverse("courses:continue", args=[enrolment.uid]),
        organisation=enrolment.organisation.code,
        now=now,
    )


@transaction.atomic
def withdraw(*, enrolment: Enrolment, actor: str, reason: str, now: datetime) -> Enrolment:
    """Leave the course; what was studied stays on record, and the person may enrol anew."""
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if locked.state != EnrolmentState.ACTIVE:
        raise NotActive
    if locked.offering_id is not None:
        drop_pages()
    return move(enrolment=locked, to=EnrolmentState.WITHDRAWN, actor=actor, reason=reason, now=now)


@transaction.atomic
def move(*, enrolment: Enrolment, to: EnrolmentState, actor: str, reason: str, now: datetime) -> Enrolment:
    """Change the state and write down from where, to where, by whom and why."""
    EnrolmentEvent.objects.create(
        enrolment=enrolment, from_state=enrolment.state, to_state=to, actor=actor, reason=reason, at=now
    )
    enrolment.state = to
    enrolment.save(update_fields=["state"])
    return enrolment
