"""A base offers a course: planning, changing, opening and closing an offering."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cms.foundation.services.visitors import drop_pages
from courses.enums import OfferingMode, OfferingState
from courses.models import Application, Course, Enrolment, Offering
from courses.policies import can_manage_offerings
from courses.selectors.offerings import day_of
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.records.services import audit

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.cohorts.models import Cohort

# What a manager writes down; everything else follows from who and when.
FIELDS = (
    "code",
    "title",
    "title_en",
    "mode",
    "city",
    "venue",
    "starts_on",
    "ends_on",
    "enrol_until",
    "seats",
    "needs_approval",
    "documents",
    "cohort",
)


class NotYourBase(NotAllowed):
    """A base's own managers say what it offers."""

    code = "not-your-base"
    message = _("Only a manager of this training base says what it offers.")


class OfferingCodeTaken(Conflict):
    """A training base uses a code once."""

    code = "offering-code-taken"
    message = _("This training base already has an offering with the code %(code)s.")


class EndsBeforeItStarts(Refusal):
    """The last day does not come before the first."""

    code = "offering-dates"
    message = _("An offering ends on or after its first day.")


class CityMissing(Refusal):
    """Whoever travels wants to know where to."""

    code = "offering-without-city"
    message = _("What is taught on site says in which city.")


class FewerPlacesThanPeople(Conflict):
    """A place that was given is not taken back by a number."""

    code = "fewer-places-than-people"
    message = _("%(taken)s people already have a place, so there cannot be fewer places than that.")


class CourseSettled(Conflict):
    """People applied or enrolled for this course, not for another."""

    code = "offering-course-settled"
    message = _("People have applied or enrolled already, so the course of this offering stays as it is.")


class CohortOfAnotherBase(Refusal):
    """A class belongs to the base that runs it."""

    code = "cohort-of-another-base"
    message = _("This cohort belongs to another training base.")


class NotOpenable(Conflict):
    """What is over, or not published, takes nobody in."""

    code = "offering-not-openable"
    message = _("An offering can be opened once its course is published and while its last day has not passed.")


@transaction.atomic
def create_offering(*, course: Course, created_by: "User | None", now: datetime, **fields: Any) -> Offering:
    """Plan an offering of the base's own course; nobody sees it before it is opened.

    `created_by` is None where the platform itself writes it down (demonstration data).
    """
    offering = Offering(course=course, organisation=course.organisation, created_at=now, **fields)
    _save(offering, created_by, "courses.offering.create", now)
    return offering


@transaction.atomic
def change_offering(
    *, offering: Offering, course: Course, changed_by: "User | None", now: datetime, **fields: Any
) -> Offering:
    """Write an offering down anew. Places that were given stay given."""
    locked = Offering.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=offering.pk)
    if locked.course_id != course.pk:
        _require_unused(locked)
    locked.course = course
    for name, value in fields.items():
        setattr(locked, name, value)
    taken = Enrolment.objects.live().filter(offering=locked).count()
    if locked.seats is not None and locked.seats < taken:
        raise FewerPlacesThanPeople(taken=taken)
    _save(locked, changed_by, "courses.offering.change", now)
    return locked


@transaction.atomic
def open_offering(*, offering: Offering, opened_by: "User | None", now: datetime) -> Offering:
    """Announce the offering and take people in."""
    if offering.course.current_version_id is None or offering.ends_on < day_of(now):
        raise NotOpenable
    return _move(offering, OfferingState.OPEN, opened_by, "courses.offering.open", now)


@transaction.atomic
def close_offering(*, offering: Offering, closed_by: "User | None", now: datetime) -> Offering:
    """Take nobody in any more; whoever has a place studies on."""
    return _move(offering, OfferingState.CLOSED, closed_by, "courses.offering.close", now)


def prefilled(cohort: "Cohort") -> dict[str, Any]:
    """What the fields of an offering are when a cohort runs it."""
    return {
        "cohort": cohort,
        "title": cohort.title,
        "title_en": cohort.title_en,
        "code": cohort.code,
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
        "enrol_until": _day_before(cohort.starts_on),
        "seats": cohort.capacity,
        "city": cohort.organisation.city,
    }


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _move(offering: Offering, to: OfferingState, user: "User | None", action: str, now: datetime) -> Offering:
    locked = Offering.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=offering.pk)
    locked.state = to
    _save(locked, user, action, now)
    return locked


def _require_unused(offering: Offering) -> None:
    if Enrolment.objects.filter(offering=offering).exists() or Application.objects.filter(offering=offering).exists():
        raise CourseSettled


def _save(offering: Offering, user: "User | None", action: str, now: datetime) -> None:
    base = offering.organisation
    if offering.course.organisation_id != base.pk or (user and not can_manage_offerings(user, base.pk)):
        raise NotYourBase
    if offering.ends_on < offering.starts_on:
        raise EndsBeforeItStarts
    if offering.mode != OfferingMode.ONLINE and not offering.city.strip():
        raise CityMissing
    if offering.cohort is not None and offering.cohort.organisation_id != base.pk:
        raise CohortOfAnotherBase
    try:
        with transaction.atomic():
            offering.save()
    except IntegrityError as error:
        raise OfferingCodeTaken(code=offering.code) from error
    audit.record(
        action=action,
        actor=f"user:{user.pk}" if user else "system",
        subject=f"courses.offering:{offering.pk}",
        organisation=base.code,
        detail={"offering": offering.code, "state": str(offering.state)},
        now=now,
    )
    drop_pages()
