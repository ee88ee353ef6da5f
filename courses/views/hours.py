"""How study time was counted, for the person who studied and for the base that may correct it."""

import uuid
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses import policies
from courses.forms.corrections import CorrectionForm
from courses.models import Enrolment
from courses.selectors.hours import enrolments_to_correct, lesson_hours
from courses.selectors.progress import title_of
from courses.services.corrections import correct_study
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.accounts.models import User


@login_required
@require_GET
def hours(request: HttpRequest, enrolment: uuid.UUID) -> HttpResponse:
    """Lesson by lesson what was credited, what waits, what was refused and why."""
    found = get_object_or_404(enrolments_to_correct(request.user), uid=enrolment)
    return render(request, "courses/hours.html", _context(request, found))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def base_hours(request: HttpRequest, enrolment: uuid.UUID) -> HttpResponse:
    """The same for the base, with the form that gives minutes or takes them back."""
    found = get_object_or_404(enrolments_to_correct(request.user), uid=enrolment)
    if not policies.can_correct(request.user, found):
        raise Http404(_("There is nothing at this address that you may see."))
    context = _context(request, found)
    lessons = [(row.standing.item.uid, row.standing.item.title) for row in context["lessons"]]
    form = CorrectionForm(request.POST or None, request.FILES or None, lessons=lessons)
    if request.method == "POST" and form.is_valid() and _correct(request, found, form):
        messages.success(request, _("The study time is corrected, and the trainee has been told."))
        return redirect("courses:base-hours", enrolment=found.uid)
    return render(request, "courses/hours_base.html", {**context, "form": form}, status=400 if form.errors else 200)


def _context(request: HttpRequest, found: Enrolment) -> dict[str, Any]:
    lessons = lesson_hours(found)
    return {
        "enrolment": found,
        "title": title_of(found),
        "lessons": lessons,
        "unbegun": [lesson for lesson in lessons if not lesson.begun],
        "own": policies.can_study(request.user, found),
        "may_correct": policies.can_correct(request.user, found),
    }


def _correct(request: HttpRequest, found: Enrolment, form: CorrectionForm) -> bool:
    given = form.cleaned_data
    try:
        correct_study(
            enrolment=found,
            item_uid=given["item_uid"],
            minutes=given["minutes"],
            reason=given["reason"],
            evidence_name=given["evidence"].name,
            evidence=given["evidence"].read(),
            corrected_by=cast("User", request.user),
            now=now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
