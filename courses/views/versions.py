"""What a later version of a course changes: for the person who studies, and for the manager of a cohort."""

import re
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses import policies
from courses.models import Enrolment
from courses.selectors.outlines import frozen_captions
from courses.selectors.progress import title_of
from courses.selectors.versions import CohortBehind, offer_of, releases_to_decide
from courses.services.versions import answer_version, release_version
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

VERSION_NUMBER = re.compile(r"[0-9]{1,6}")


@login_required
@require_http_methods(["GET", "POST"])
def update(request: HttpRequest, enrolment: uuid.UUID) -> HttpResponse:
    """Lesson by lesson what the later version changes, and the answer; staff may look and not answer."""
    visible = Enrolment.objects.visible_to(request.user).with_outline().select_related("person", "cohort")
    found = get_object_or_404(visible, uid=enrolment)
    may_answer = policies.can_study(request.user, found)
    if request.method == "POST":
        if not may_answer:
            raise PermissionDenied
        return _answer(request, found)
    offer = offer_of(found)
    return render(
        request,
        "courses/version_update.html",
        {"enrolment": found, "title": title_of(found), "offer": offer, "may_answer": may_answer},
    )


def _answer(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    accepted = request.POST.get("answer") == "accept"
    try:
        answer_version(
            enrolment=enrolment,
            before=_number(request, "before"),
            after=_number(request, "after"),
            accepted=accepted,
            actor=f"user:{request.user.pk}",
            now=now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:update", enrolment=enrolment.uid)
    messages.success(request, _("You now study the later version.") if accepted else _("You keep your version."))
    return redirect("courses:continue", enrolment=enrolment.uid)


def _number(request: HttpRequest, name: str) -> int:
    """The number of a version as the page's own form writes it; nobody was shown anything else."""
    text = request.POST.get(name, "")
    if not VERSION_NUMBER.fullmatch(text):
        raise Http404
    return int(text)


@login_required
@require_http_methods(["GET", "POST"])
def releases(request: HttpRequest) -> HttpResponse:
    """Later versions that concern a manager's cohorts, and letting trainees choose them."""
    if not policies.manages_a_base(request.user):
        raise PermissionDenied
    waiting = releases_to_decide(request.user)
    if request.method == "POST":
        return _release(request, waiting)
    return render(request, "courses/version_releases.html", {"waiting": waiting})


def _release(request: HttpRequest, waiting: list[CohortBehind]) -> HttpResponse:
    chosen = (request.POST.get("cohort"), request.POST.get("version"))
    row = next((row for row in waiting if (str(row.cohort_id), str(row.version.pk)) == chosen), None)
    if row is None:
        messages.error(request, _("Nobody of this cohort studies an earlier version any more. Nothing was released."))
        return redirect("courses:releases")
    try:
        release_version(cohort_id=row.cohort_id, version=row.version, actor=f"user:{request.user.pk}", now=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:releases")
    said = _("Released. Whoever studies in %(cohort)s can now choose version %(no)s.")
    messages.success(request, said % {"cohort": row.code, "no": row.version.no})
    return redirect("courses:releases")


@login_required
@require_GET
def captions(request: HttpRequest, enrolment: uuid.UUID, item_uid: str, number: int, language: str) -> HttpResponse:
    """The captions of a lesson's video as its version froze them."""
    visible = Enrolment.objects.visible_to(request.user).select_related("course_version")
    found = get_object_or_404(visible, uid=enrolment)
    words = frozen_captions(found.course_version, item_uid, number, language)
    if words is None:
        raise Http404(_("There are no such captions in this version of the course."))
    return HttpResponse(words, content_type="text/vtt; charset=utf-8")
