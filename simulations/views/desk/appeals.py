"""Appeals about scores: the trainee's page, and the queue of those who decide."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from simulations.enums import AppealState, AttemptState
from simulations.models import Appeal, Attempt, ScoreRun
from simulations.policies import can_play
from simulations.selectors.attempts import attempt_visible, latest_score
from simulations.selectors.reviews import appeal_term, appeal_to_decide, appeals_of, appeals_to_decide, names_of
from simulations.selectors.scenarios import engine_language
from simulations.services import appealing

from .assigning import refused
from .finding import deciders_or_403, signed_in, tabs
from .forms import AppealDecisionForm, AppealForm

PER_PAGE = 30


def _own_scored(request: HttpRequest, uid: UUID) -> tuple[Attempt, ScoreRun]:
    attempt = attempt_visible(request.user, uid)
    if attempt is None or not can_play(request.user, attempt) or attempt.state != AttemptState.ENDED:
        raise Http404
    run = latest_score(attempt)
    if run is None:
        raise Http404
    return attempt, run


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def appeal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own appeals about an attempt; while the term runs, a post files one."""
    attempt, run = _own_scored(request, uid)
    form = AppealForm(request.POST if request.method == "POST" else None, lines=run.parts["items"])
    if request.method == "POST" and form.is_valid():
        given, user = form.cleaned_data, signed_in(request)
        if not refused(
            form,
            lambda: appealing.file_appeal(
                attempt=attempt, filed_by=user, grounds=given["grounds"], items=given["items"], now=now()
            ),
        ):
            messages.success(request, _("Your appeal is filed. You are told as soon as somebody has decided."))
            return redirect("simulations:appeal", uid)
    appeals = list(appeals_of(attempt))
    term = appeal_term(attempt, now())
    context = {
        "attempt": attempt,
        "run": run,
        "form": form,
        "appeals": [{"appeal": each, "items": _texts(each, run)} for each in appeals],
        "until": term.until,
        "may_file": term.may_file,
        "over": term.until is not None and term.until < now(),
        "days": (appealing.DECISION_TERM).days,
    }
    return render(request, "simulations/appeal.html", context, status=400 if form.errors else 200)


def _texts(found: Appeal, run: ScoreRun) -> list[str]:
    """The items that are meant, in words."""
    texts = {line["id"]: line["text"][engine_language()] for line in run.parts["items"]}
    return [texts.get(item, item) for item in found.items]


@require_POST
@login_required
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one's open appeal back."""
    attempt, _run = _own_scored(request, uid)
    open_one = attempt.appeals.filter(state=AppealState.FILED).first()
    if open_one is None:
        messages.error(request, _("There is no open appeal to take back."))
        return redirect("simulations:appeal", uid)
    try:
        appealing.withdraw(appeal=open_one, withdrawn_by=signed_in(request), now=now())
    except Refusal as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Your appeal is taken back."))
    return redirect("simulations:appeal", uid)


@never_cache
@require_safe
@login_required
def appeals(request: HttpRequest) -> HttpResponse:
    """Appeals at the bases that one manages, what waits first."""
    deciders_or_403(request)
    state = request.GET.get("state", "")
    state = state if state in AppealState.values else ""
    page = Paginator(appeals_to_decide(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    options = [{"value": "", "label": _("every state")}, *({"value": s.value, "label": s.label} for s in AppealState)]
    context = {
        "tabs": tabs(request, "simulations:desk-appeals"),
        "page": page,
        "fields": [{"name": "state", "label": _("State"), "kind": "select", "value": state, "options": options}],
        "query": urlencode({"state": state}) if state else "",
        "now": now(),
    }
    return render(request, "simulations/desk/appeals.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decision(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One appeal with the items that are meant; a post decides it."""
    found = appeal_to_decide(request.user, uid)
    if found is None:
        raise Http404
    run = latest_score(found.attempt) or found.score
    lines = [line for line in run.parts["items"] if not found.items or line["id"] in found.items]
    form = AppealDecisionForm(request.POST if request.method == "POST" else None, items=lines, only_up=True)
    if request.method == "POST" and form.is_valid():
        user = signed_in(request)

        def act() -> None:
            # Points that are entered as they stand change nothing.
            raised = {
                line["id"]: form.points()[line["id"]]
                for line in lines
                if line["id"] in form.points() and str(form.points()[line["id"]]) != line["points"]
            }
            appealing.decide(
                appeal=found,
                decided_by=user,
                points=raised,
                explanation=form.cleaned_data["explanation"],
                now=now(),
            )

        if not refused(form, act):
            messages.success(request, _decided_words(found))
            return redirect("simulations:desk-appeal", uid)
    context = _decision_page(request, found, run, form)
    return render(request, "simulations/desk/appeal.html", context, status=400 if form.errors else 200)


def _decided_words(found: Appeal) -> str:
    found.refresh_from_db(fields=["state"])
    if found.state == AppealState.CONFIRMING:
        return _("Granted. It comes into force when a second person confirms it.")
    return _("Decided. Whoever appealed has been told.")


def _decision_page(request: HttpRequest, found: Appeal, run: ScoreRun, form: AppealDecisionForm) -> dict[str, Any]:
    override = found.overrides.first()
    return {
        "tabs": tabs(request, "simulations:desk-appeals"),
        "appeal": found,
        "attempt": found.attempt,
        "run": run,
        "items": _texts(found, run),
        "form": form,
        "override": override,
        "may_decide": found.state == AppealState.FILED and appealing.may_decide(signed_in(request), found),
        "decided_by": names_of([found.decided_by]).get(found.decided_by, ""),
        "now": now(),
    }
