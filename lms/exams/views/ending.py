from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.exams.policies import can_sit
from lms.exams.selectors.results import result_view
from lms.exams.selectors.room import room_view
from lms.exams.selectors.sittings import attempt_visible_to
from lms.exams.services import attempts
from lms.exams.views.room import attempt_of
from lms.kernel.clock import now


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is still open, before handing in; a post hands in."""
    attempt = attempt_of(request, uid)
    if attempt.is_open and request.method != "POST":
        context = {"attempt": attempt, "exam": attempt.seat.exam, "room": room_view(attempt)}
        return render(request, "exams/submit.html", context)
    if attempt.is_open:
        attempts.submit(attempt=attempt, now=now(), actor=f"user:{request.user.pk}")
    return redirect("exams:result", attempt.uid)


@never_cache
@require_safe
@login_required
def result(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The receipt and the result, for its person and for staff of the base."""
    attempt = attempt_visible_to(request.user, uid)
    if attempt is None:
        raise Http404
    if can_sit(request.user, attempt.seat):
        attempt = attempt_of(request, uid)
        if attempt.is_open:
            return redirect("exams:room", attempt.uid)
    context = {"attempt": attempt, "exam": attempt.seat.exam, "view": result_view(attempt)}
    return render(request, "exams/result.html", context)
