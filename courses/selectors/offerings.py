"""Offerings of courses: which there are, how many places are left, and to whom they are open."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courses.enums import ApplicationState, EnrolmentState, OfferingState
from courses.models import Application, Course, Enrolment, Offering
from lms.cohorts.enums import Role
from lms.cohorts.selectors.cohorts import cohorts_of
from lms.cohorts.selectors.roles import organisations_of
from lms.kernel.beijing import BEIJING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from courses.models.offering import OfferingQuerySet
    from lms.accounts.models import User
    from lms.cohorts.models import Cohort, Organisation


@dataclass(frozen=True, slots=True)
class OfferedPlace:
    """An offering as the public sees it on one day."""

    offering: Offering
    taken: int
    today: date

    @property
    def left(self) -> int | None:
        """Places left, or None where there is no limit."""
        return None if self.offering.seats is None else max(0, self.offering.seats - self.taken)

    @property
    def is_full(self) -> bool:
        """Whether the last place is taken."""
        return self.left == 0

    @property
    def in_time(self) -> bool:
        """Whether enrolment is open on this day, whatever places are left."""
        until = self.offering.enrol_until
        return self.offering.state == OfferingState.OPEN and (until is None or until >= self.today)

    @property
    def takes_in(self) -> bool:
        """Whether somebody can enrol or apply now."""
        return self.in_time and not self.is_full


def taken_places() -> Coalesce:
    """How many live enrolments an offering has, as a column of a query about offerings."""
    live = Enrolment.objects.live().filter(offering=OuterRef("pk")).order_by().values("offering")
    return Coalesce(Subquery(live.annotate(number=Count("pk")).values("number")), 0, output_field=IntegerField())


def with_places(offerings: "QuerySet[Offering]") -> "QuerySet[Offering]":
    """Offerings with `taken`, how many places are taken."""
    return offerings.annotate(taken=taken_places())


def day_of(now: datetime) -> date:
    """The day by which enrolment opens and closes: Beijing's."""
    return now.astimezone(BEIJING).date()


def current_offerings(today: date) -> "OfferingQuerySet":
    """Offerings that are announced and not over."""
    return Offering.objects.not_over(today)


def with_free_places(offerings: "QuerySet[Offering]", today: date) -> "QuerySet[Offering]":
    """Those that take somebody in on this day."""
    in_time = Q(enrol_until__isnull=True) | Q(enrol_until__gte=today)
    room = Q(seats__isnull=True) | Q(taken__lt=F("seats"))
    return with_places(offerings).filter(in_time, room, state=OfferingState.OPEN)


def offered_places(offerings: "QuerySet[Offering]", today: date) -> list[OfferedPlace]:
    """These offerings as the public sees them, the next to begin first (one query)."""
    rows = with_places(offerings).select_related("organisation", "cohort").order_by("starts_on", "pk")
    return [OfferedPlace(row, row.taken, today) for row in rows]  # type: ignore[attr-defined]


def offered_in(course: "Course", now: datetime) -> list[OfferedPlace]:
    """The announced offerings of a course that are not over (one query)."""
    today = day_of(now)
    return offered_places(current_offerings(today).filter(course=course), today)


def offered_by_course(
    course_ids: Collection[int], offerings: "QuerySet[Offering]", today: date
) -> dict[int, list[OfferedPlace]]:
    """Which of these offerings each of the courses has (one query for all of them)."""
    found: dict[int, list[OfferedPlace]] = {course_id: [] for course_id in course_ids}
    for place in offered_places(offerings.filter(course__in=found), today):
        found[place.offering.course_id].append(place)
    return found


def places_left(offering: Offering) -> int | None:
    """Places left just now, or None where there is no limit; lock the offering before relying on it (one query)."""
    if offering.seats is None:
        return None
    return offering.seats - Enrolment.objects.live().filter(offering=offering).count()


def offerings_managed_by(user: "User | AnonymousUser") -> "QuerySet[Offering]":
    """Offerings of the bases that `user` manages, the last to begin first, with their places and applications."""
    waiting = (
        Application.objects.filter(offering=OuterRef("pk"), state=ApplicationState.SUBMITTED)
        .order_by()
        .values("offering")
        .annotate(number=Count("pk"))
    )
    return (
        with_places(Offering.objects.filter(organisation__in=organisations_of(user, Role.BASE_MANAGER)))
        .annotate(waiting=Coalesce(Subquery(waiting.values("number")), 0, output_field=IntegerField()))
        .select_related("course__page", "organisation", "cohort")
        .order_by("-starts_on", "-pk")
    )


def offering_by_code(organisation: "Organisation", code: str) -> Offering | None:
    """The offering of this training base under this code."""
    return (
        Offering.objects.filter(organisation=organisation, code=code).select_related("organisation", "course").first()
    )


def people_in(offering: Offering) -> "QuerySet[Enrolment]":
    """Who holds a place in the offering, by name, with how far each has come."""
    return (
        Enrolment.objects.filter(offering=offering, state__in=(EnrolmentState.ACTIVE, EnrolmentState.COMPLETED))
        .select_related("person", "progress")
        .order_by("person__real_name", "pk")
    )


def courses_to_offer(user: "User | AnonymousUser") -> "QuerySet[Course]":
    """Courses of the bases that `user` manages."""
    managed = Course.objects.filter(organisation__in=organisations_of(user, Role.BASE_MANAGER))
    return managed.select_related("page", "organisation").order_by("code")


def cohorts_to_offer(user: "User | AnonymousUser") -> "QuerySet[Cohort]":
    """Cohorts of the bases that `user` manages, the last to begin first."""
    return cohorts_of(organisations_of(user, Role.BASE_MANAGER))
