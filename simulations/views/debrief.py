"""The debrief: what the score is, what was possible, what would have earned most, and every point's reason."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from cms.design.charts import ScoreBand
from simulations.models import Attempt
from simulations.policies import can_play, can_read_debrief
from simulations.selectors.attempts import attempt_visible, latest_score
from simulations.selectors.calibration import calibration_of
from simulations.selectors.debriefs import class_median, debrief_of, error_of

from . import charting, findings, judged, verdict


@login_required
@require_GET
def debrief(request: HttpRequest, uid: UUID) -> HttpResponse:
    """White page after the room; before the end there is none, and the room is shown instead."""
    attempt = attempt_visible(request.user, uid)
    if attempt is None:
        raise Http404
    if not can_read_debrief(request.user, attempt):
        return redirect("simulations:room", uid=uid)
    return render(request, "simulations/debrief.html", _context(request, attempt))


def _context(request: HttpRequest, attempt: Attempt) -> dict[str, Any]:
    run = latest_score(attempt)
    if run is None:
        raise Http404
    told = debrief_of(attempt, run)
    pass_mark = Decimal(told.body["score"]["pass_mark"])
    error, middle = error_of(attempt), class_median(attempt)
    return {
        "attempt": attempt,
        "told": told,
        "run": run,
        "band": ScoreBand(score=run.total, pass_mark=pass_mark, error=error.points),
        "pass_mark": pass_mark,
        "lead": verdict.lead(told, passed=run.passed),
        "gates": findings.gates(told),
        "measures": findings.measures(told),
        "frontier": charting.frontier(told),
        "offers": charting.offer_rows(told),
        "days": charting.days(told),
        "radar": charting.radar(told, middle),
        "middle": middle,
        "error": error,
        "calibration": calibration_of(attempt.scenario_version),
        "competencies": findings.competencies(told, middle),
        "judged": judged.judgements(told),
        "improvements": findings.improvements(told),
        "missed": findings.missed(told),
        "items": findings.items(told),
        "mine": can_play(request.user, attempt),
    }
