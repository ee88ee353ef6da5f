"""A script before the lead: the marks side by side, and the decision where they stay apart."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from lms.marking.enums import OutcomeRule, RoundState, ScriptState
from lms.marking.forms import DecisionForm
from lms.marking.policies import can_decide, can_lead
from lms.marking.selectors.scripts import given_back, marks_of, outcomes_of, script_to_decide, side_by_side
from lms.marking.services import marking

if TYPE_CHECKING:
    from lms.accounts.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Read a script with all its marks; decide where that is the lead's."""
    found = script_to_decide(request.user, uid).first()
    if found is None or not can_lead(request.user, found.round) or found.person.user_id == request.user.pk:
        raise Http404
    if request.method != "POST":
        return _show(request, found, DecisionForm(most=found.rubric_version.max_points))
    form = DecisionForm(request.POST, most=found.rubric_version.max_points)
    if not form.is_valid():
        return _show(request, found, form, status=400)
    try:
        marking.decide(script=found, decided_by=cast("User", request.user), now=now(), **form.cleaned_data)
    except Refusal as refusal:
        return _show(request, found, form, refusal=refusal, status=refusal.status)
    messages.success(request, _("Decided. The points stand from now on."))
    return redirect("marking:decide", uid)


def _show(
    request: HttpRequest, found: Any, form: DecisionForm, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    sealed, marks = hasattr(found, "seal"), marks_of(found)
    asked = found.state_now == ScriptState.LEAD or found.rule == OutcomeRule.DECIDED
    context = {
        "script": found,
        "round": found.round,
        "rubric": found.rubric_version,
        "marks": marks,
        "rows": side_by_side(marks),
        "outcomes": outcomes_of(found),
        "returned": given_back(found),
        "form": form,
        "refusal": refusal,
        "is_sealed": sealed,
        "may_decide": asked and not sealed and found.round.state == RoundState.OPEN and can_decide(request.user, found),
    }
    return render(request, "marking/decide.html", context, status=status)
