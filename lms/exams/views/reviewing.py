"""A handed-in paper before its person: receipt, result, own answers, keys, one phase after the other."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.exams.enums import AttemptState, ReviewPhase
from lms.exams.models import Attempt
from lms.exams.policies import can_sit
from lms.exams.selectors.appeals import appeal_against, appeals_of, term_of
from lms.exams.selectors.focus import focus_of
from lms.exams.selectors.phases import phase_by, reaches, steps_of
from lms.exams.selectors.results import result_view
from lms.exams.selectors.review import review_of
from lms.exams.selectors.sittings import attempt_visible_to
from lms.exams.views.room import attempt_of
from lms.kernel.clock import now


def paper_of(request: HttpRequest, uid: UUID) -> tuple[Attempt, bool]:
    """An attempt that the visitor may look at, and whether it is their own; their own is handed in when overdue."""
    attempt = attempt_visible_to(request.user, uid)
    if attempt is None:
        raise Http404
    own = can_sit(request.user, attempt.seat)
    return (attempt_of(request, uid) if own and attempt.is_open else attempt), own


def standing_of(attempt: Attempt) -> dict[str, Any]:
    """What every page of a handed-in paper shows: its phase, the phases with their moments, and the result."""
    # A void attempt has results on record and none that counts.
    view, moment = None if attempt.state == AttemptState.VOID else result_view(attempt), now()
    phase = phase_by(attempt.seat.exam, has_result=view is not None, now=moment)
    return {
        "attempt": attempt,
        "exam": attempt.seat.exam,
        "view": view,
        "phase": phase,
        "steps": steps_of(attempt, phase),
        "shown": reaches(phase, ReviewPhase.RESULT),
        "may_review": reaches(phase, ReviewPhase.ANSWERS),
        "now": moment,
    }


def term_for(attempt: Attempt, context: dict[str, Any]) -> tuple[datetime | None, bool]:
    """Until when the standing result may be appealed against, and whether it still may."""
    view = context["view"]
    if view is None or not context["shown"]:
        return None, False
    until = term_of(view.result, attempt.seat.exam)
    return until, context["now"] <= until and appeal_against(view.result) is None


@never_cache
@require_safe
@login_required
def result(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The receipt and the result, for its person and for staff of the base."""
    attempt, own = paper_of(request, uid)
    if own and attempt.is_open:
        return redirect("exams:room", attempt.uid)
    context = standing_of(attempt)
    until, may_file = term_for(attempt, context)
    context |= {
        "own": own,
        # Staff of the base read the result at once, and are told from when its person does.
        "open": context["shown"] or not own,
        "absences": focus_of(attempt),
        "appeals": list(appeals_of(attempt)),
        "appeal_until": until,
        "may_file": may_file,
    }
    return render(request, "exams/result.html", context)


@never_cache
@require_safe
@login_required
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Own answers with their points, and from their moment on the keys and explanations."""
    attempt, own = paper_of(request, uid)
    context = standing_of(attempt)
    if not context["may_review"]:
        return redirect("exams:result", attempt.uid)
    context |= {"own": own, "sections": review_of(attempt, context["view"].result, context["phase"])}
    return render(request, "exams/review.html", context)
