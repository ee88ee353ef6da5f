"""Other points for items of an attempt, and the second person who confirms them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from simulations.enums import OverrideState
from simulations.models import Override
from simulations.policies import can_play
from simulations.selectors.attempts import latest_score
from simulations.selectors.reviews import names_of, override_visible, overrides_waiting
from simulations.selectors.scenarios import engine_language
from simulations.services import reviewing

from .assigning import refused
from .finding import attempt_or_404, deciders_or_403, signed_in, tabs
from .forms import OverrideForm, ReasonForm

PER_PAGE = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give items other points, with the reason."""
    attempt = attempt_or_404(request, uid)
    run = latest_score(attempt)
    if run is None:
        raise Http404
    form = OverrideForm(request.POST if request.method == "POST" else None, items=run.parts["items"])
    if request.method == "POST" and form.is_valid():
        made: list[Override] = []
        user = signed_in(request)

        def act() -> None:
            reason = form.cleaned_data["reason"]
            made.append(
                reviewing.override(attempt=attempt, points=form.points(), reason=reason, made_by=user, now=now())
            )

        if not refused(form, act):
            if made[0].state == OverrideState.WAITING:
                messages.success(request, _("Written down. It comes into force when a second person confirms it."))
            else:
                messages.success(request, _("In force. A new score is written, and the trainee has been told."))
            return redirect("simulations:desk-replay", uid)
    context = {"tabs": tabs(request, "simulations:desk-queue"), "attempt": attempt, "run": run, "form": form}
    return render(request, "simulations/desk/correct.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
@login_required
def corrections(request: HttpRequest) -> HttpResponse:
    """Corrections that wait for a second person."""
    deciders_or_403(request)
    page = Paginator(overrides_waiting(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "simulations:desk-corrections"),
        "page": page,
        "names": names_of([each.made_by for each in page]),
    }
    return render(request, "simulations/desk/corrections.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def correction(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One correction, and the decision of a second person."""
    found = override_visible(request.user, uid)
    # Whoever played reads of it in the debrief, whatever else they are.
    if found is None or can_play(request.user, found.attempt):
        raise Http404
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _decide(request, found)
        except Refusal as no:
            refusal = no
        else:
            return redirect("simulations:desk-override", uid)
    return render(
        request,
        "simulations/desk/override.html",
        _page(request, found, refusal),
        status=refusal.status if refusal else 200,
    )


def _decide(request: HttpRequest, found: Override) -> None:
    user = signed_in(request)
    if request.POST.get("action") == "confirm":
        reviewing.confirm(override=found, decided_by=user, now=now())
        messages.success(request, _("In force. A new score is written, and the trainee has been told."))
    else:
        form = ReasonForm(request.POST)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        reviewing.refuse(override=found, reason=reason, decided_by=user, now=now())
        messages.success(request, _("Turned down. The score stays as it is."))


def _page(request: HttpRequest, found: Override, refusal: Refusal | None) -> dict[str, Any]:
    names = names_of([found.made_by, found.decided_by])
    lines = {line["id"]: line for line in found.score.parts["items"]}
    run = found.runs.first()
    return {
        "tabs": tabs(request, "simulations:desk-corrections"),
        "override": found,
        "attempt": found.attempt,
        "changes": [
            {**change, "text": lines[change["item"]]["text"][engine_language()], "max": lines[change["item"]]["max"]}
            for change in found.changes
        ],
        "made_by": names.get(found.made_by, ""),
        "decided_by": names.get(found.decided_by, ""),
        "run": run,
        "may_decide": found.state == OverrideState.WAITING and reviewing.may_confirm(signed_in(request), found),
        "own": found.made_by == f"user:{signed_in(request).pk}",
        "form": ReasonForm(),
        "refusal": refusal,
    }
