"""Appeals: the candidate's page, and the queue of those who decide."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.exams.enums import AppealState, ReviewPhase
from lms.exams.forms.appeals import AppealForm, DecisionForm
from lms.exams.models import Appeal, Attempt, Result
from lms.exams.policies import can_sit, runs_exams
from lms.exams.selectors.appeals import appeal_for, appeals_of, appeals_to_decide
from lms.exams.selectors.questions import names_of
from lms.exams.selectors.review import review_of
from lms.exams.selectors.sittings import own_attempt, standing_result
from lms.exams.services import appealing
from lms.exams.views.desk.finding import signed_in
from lms.exams.views.reviewing import standing_of, term_for
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

PER_PAGE = 30


def _own_ended(request: HttpRequest, uid: UUID) -> Attempt:
    attempt = own_attempt(request.user, uid)
    if attempt is None or attempt.is_open:
        raise Http404
    return attempt


def _slots(attempt: Attempt) -> list[int]:
    return [item["slot"] for item in attempt.seat.paper.items]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def appeal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own appeals about a paper; while the term runs, a post files one."""
    attempt = _own_ended(request, uid)
    form = AppealForm(request.POST if request.method == "POST" else None, slots=_slots(attempt))
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            appealing.file_appeal(
                attempt=attempt,
                filed_by=signed_in(request),
                grounds=given["grounds"],
                slots=given["slots"],
                now=now(),
            )
        except Refusal as no:
            refusal = no
        else:
            messages.success(request, _("Your appeal is filed. You are told as soon as somebody has decided."))
            return redirect("exams:appeal", attempt.uid)
    context = _own_page(attempt) | {"form": form, "refusal": refusal}
    return render(request, "exams/appeal.html", context, status=refusal.status if refusal else 200)


def _own_page(attempt: Attempt) -> dict[str, Any]:
    context = standing_of(attempt)
    until, may_file = term_for(attempt, context)
    return {**context, "appeals": list(appeals_of(attempt)), "until": until, "may_file": may_file}


@require_POST
@login_required
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one's open appeal back."""
    attempt = _own_ended(request, uid)
    open_one = attempt.appeals.filter(state=AppealState.FILED).first()
    if open_one is None:
        messages.error(request, _("There is no open appeal to take back."))
        return redirect("exams:appeal", attempt.uid)
    try:
        appealing.withdraw(appeal=open_one, withdrawn_by=signed_in(request), now=now())
    except Refusal as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Your appeal is taken back."))
    return redirect("exams:appeal", attempt.uid)


@never_cache
@require_safe
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """Appeals at the bases of which the visitor runs the exams, what waits first."""
    if not runs_exams(request.user):
        raise PermissionDenied
    state = request.GET.get("state", "")
    state = state if state in AppealState.values else ""
    page = Paginator(appeals_to_decide(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    every = [{"value": "", "label": _("every state")}]
    options = every + [{"value": each.value, "label": str(each.label)} for each in AppealState]
    fields = [{"name": "state", "label": _("State"), "kind": "select", "value": state, "options": options}]
    query = urlencode({"state": state}) if state else ""
    return render(request, "exams/appeals.html", {"page": page, "fields": fields, "query": query, "now": now()})


def _decide(request: HttpRequest, found: Appeal, form: DecisionForm) -> None:
    given = form.cleaned_data
    appealing.decide(
        appeal=found,
        decided_by=signed_in(request),
        upheld=given["upheld"],
        explanation=given["explanation"],
        points=form.points() if given["upheld"] else None,
        now=now(),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decision(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One appeal with the marked paper; a post decides it."""
    found = appeal_for(request.user, uid)
    # Who decides reads the keys; the candidate, whatever else they are, does not.
    if found is None or can_sit(request.user, found.attempt.seat):
        raise Http404
    standing = standing_result(found.attempt)
    if standing is None:
        raise Http404
    marks = [mark for mark in standing.marks if not found.slots or mark["slot"] in found.slots]
    form = DecisionForm(request.POST if request.method == "POST" else None, marks=marks)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, found, form)
        except Refusal as no:
            refusal = no
        else:
            messages.success(request, _("Decided. The candidate is told."))
            return redirect("exams:desk-appeal", found.uid)
    return _decision_page(request, found, standing, form, refusal)


def _decision_page(
    request: HttpRequest, found: Appeal, standing: Result, form: DecisionForm, refusal: Refusal | None
) -> HttpResponse:
    context = {
        "appeal": found,
        "attempt": found.attempt,
        "exam": found.attempt.seat.exam,
        "standing": standing,
        "sections": review_of(found.attempt, standing, ReviewPhase.KEYS, only=found.slots),
        "form": form,
        "refusal": refusal,
        "may_decide": found.state == AppealState.FILED and appealing.may_decide(signed_in(request), found),
        "decided_by": names_of([found.decided_by]).get(found.decided_by, ""),
        "now": now(),
    }
    return render(request, "exams/appeal_decision.html", context, status=refusal.status if refusal else 200)
