"""Taking up a course from its public page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from courses import policies
from courses.models import Course
from courses.selectors.catalogue import entry_of
from courses.selectors.progress import live_enrolment
from courses.services.enrolling import enrol_oneself
from lms.accounts.selectors.people import person_of
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal


@login_required
@require_http_methods(["GET", "POST"])
def enrol_in_course(request: HttpRequest, code: str) -> HttpResponse:
    """Say what taking up the course means, and do it when asked. Who is enrolled already goes on studying."""
    course = get_object_or_404(Course.objects.open().select_related("organisation", "page"), code=code)
    if not policies.can_enrol(request.user, course):
        raise PermissionDenied
    enrolment = live_enrolment(request.user, course)
    if enrolment is not None:
        return redirect("courses:continue", enrolment=enrolment.uid)
    if request.method == "POST":
        return _enrol(request, course)
    return render(request, "courses/enrol.html", {"entry": entry_of(course.page), "course": course})


def _enrol(request: HttpRequest, course: Course) -> HttpResponse:
    person = person_of(request.user)
    if person is None:
        raise PermissionDenied
    try:
        enrolment = enrol_oneself(person=person, course=course, actor=f"user:{request.user.pk}", now=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:catalogue")
    return redirect("courses:continue", enrolment=enrolment.uid)
