"""Taking up a course, and leaving it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.enums import EnrolmentState
from courses.models import Course, CourseVersion, Enrolment, EnrolmentEvent, EnrolmentProgress
from courses.selectors.outlines import items_of
from lms.cohorts.selectors.cohorts import current_membership
from lms.kernel.refusals import Conflict
from lms.mailing.services.announcing import announce

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Cohort, Organisation


class NothingPublished(Conflict):
    """A course that was never published has nothing to read."""

    code = "nothing-published"
    message = _("This course has not been published yet.")


class NotActive(Conflict):
    """Only an enrolment that is under way can be withdrawn."""

    code = "enrolment-not-active"
    message = _("This enrolment is not under way, so it cannot be withdrawn.")


def enrol(
    *,
    person: "Person",
    course: Course,
    cohort: "Cohort | None" = None,
    organisation: "Organisation",
    actor: str,
    now: datetime,
) -> Enrolment:
    """Enrol the person in the course's current version; who is enrolled already keeps that enrolment and version."""
    version = course.current_version
    if version is None:
        raise NothingPublished
    live = Enrolment.objects.live().filter(person=person, course=course)
    try:
        return live.first() or _begin(person, version, cohort, organisation, actor, now)
    except IntegrityError:
        # A second click was faster; both clicks get the one enrolment.
        return live.get()


def enrol_oneself(*, person: "Person", course: Course, actor: str, now: datetime) -> Enrolment:
    """Take up a course on one's own, within one's cohort where the same base runs it for the same level."""
    membership = current_membership(person.pk)
    cohort = membership.cohort if membership else None
    fits = cohort is not None and (cohort.organisation_id, cohort.level) == (course.organisation_id, course.level)
    return enrol(
        person=person,
        course=course,
        cohort=cohort if fits else None,
        organisation=course.organisation,
        actor=actor,
        now=now,
    )


@transaction.atomic
def _begin(
    person: "Person",
    version: CourseVersion,
    cohort: "Cohort | None",
    organisation: "Organisation",
    actor: str,
    now: datetime,
) -> Enrolment:
    enrolment = Enrolment.objects.create(
        person=person,
        course_id=version.course_id,
        course_version=version,
        cohort=cohort,
        organisation=organisation,
        enrolled_at=now,
    )
    EnrolmentEvent.objects.create(enrolment=enrolment, to_state=enrolment.state, actor=actor, at=now)
    items = items_of(version)
    EnrolmentProgress.objects.create(
        enrolment=enrolment, total=len(items), declared_s=sum(item.declared_s for item in items)
    )
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
