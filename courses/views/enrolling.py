"""Taking up a course from its public page: at once, or by applying to the training base."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from courses import policies
from courses.models import Course
from courses.selectors.applications import pending_among
from courses.selectors.catalogue import entry_of
from courses.selectors.offerings import OfferedPlace, offered_in
from courses.selectors.prerequisites import prerequisites_of
from courses.selectors.progress import live_enrolment
from courses.services.enrolling import OfferingOfAnotherCourse, enrol_oneself, fitting_cohort
from lms.accounts.selectors.people import person_of
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.accounts.models import Person


def open_course(request: HttpRequest, code: str) -> "tuple[Course, Person]":
    """The course of this address and the person who has signed in."""
    course = get_object_or_404(
        Course.objects.open().select_related("organisation", "page", "current_version").defer("current_version__body"),
        code=code,
    )
    person = person_of(request.user)
    if person is None or not policies.can_enrol(request.user, course):
        raise PermissionDenied
    return course, person


def require_announced(course: Course) -> None:
    """Whoever does not study a course that was taken down finds nothing, here as on its public page."""
    if not course.is_announced:
        raise Http404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_in_course(request: HttpRequest, code: str) -> HttpResponse:
    """Say what taking up the course means, and do it when asked. Who is enrolled already goes on studying."""
    course, person = open_course(request, code)
    enrolment = live_enrolment(request.user, course)
    if enrolment is not None:
        return redirect("courses:continue", enrolment=enrolment.uid)
    require_announced(course)
    places = offered_in(course, now())
    if request.method != "POST":
        return _page(request, course, person, places)
    try:
        return _take_up(request, course, person, places)
    except Refusal as refusal:
        return _page(request, course, person, offered_in(course, now()), refusal=refusal)


def _take_up(request: HttpRequest, course: Course, person: "Person", places: list[OfferedPlace]) -> HttpResponse:
    place = _asked_for(places, request.POST.get("offering", ""))
    cohort = fitting_cohort(person=person, course=course)
    if place is not None and place.offering.by_application and (cohort is None or place.offering.cohort != cohort):
        return redirect("courses:apply", code=course.code, offering=place.offering.uid)
    offering = place.offering if place else None
    actor = f"user:{request.user.pk}"
    enrolment = enrol_oneself(person=person, course=course, offering=offering, actor=actor, now=now())
    return redirect("courses:continue", enrolment=enrolment.uid)


def _asked_for(places: list[OfferedPlace], text: str) -> OfferedPlace | None:
    """The offering that the form names; an address or a form made by hand names none of this course."""
    if not text:
        return None
    found = next((place for place in places if str(place.offering.uid) == text), None)
    if found is None:
        raise OfferingOfAnotherCourse
    return found


def _page(
    request: HttpRequest,
    course: Course,
    person: "Person",
    places: list[OfferedPlace],
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    asked = request.POST.get("offering") or request.GET.get("offering", "")
    open_places = [place for place in places if place.takes_in]
    named = next((place for place in open_places if str(place.offering.uid) == asked), None)
    cohort = fitting_cohort(person=person, course=course)
    own = next((place for place in open_places if cohort and place.offering.cohort_id == cohort.pk), None)
    standing = prerequisites_of(course, person.pk)
    context: dict[str, Any] = {
        "entry": entry_of(course.page),
        "course": course,
        "places": places,
        "chosen": named or own or (open_places[0] if len(open_places) == 1 else None),
        "pending": pending_among(person, [place.offering for place in places]),
        "alone": not places or (cohort is not None and own is None),
        "may_enrol": bool(open_places) or not places or cohort is not None,
        "prerequisites": standing,
        "missing": standing is not None and not standing.met,
        "refusal": refusal,
    }
    return render(request, "courses/enrol.html", context, status=refusal.status if refusal else 200)


def offered_place(course: Course, uid: UUID) -> OfferedPlace:
    """One announced offering of the course."""
    found = next((place for place in offered_in(course, now()) if place.offering.uid == uid), None)
    if found is None:
        raise Http404
    return found
