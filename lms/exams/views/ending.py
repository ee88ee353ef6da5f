from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.exams.selectors.room import room_view
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
