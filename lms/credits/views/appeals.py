"""Appeals about credits: what waits, and deciding one."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.credits.enums import AppealState
from lms.credits.forms.confirming import AnswerForm
from lms.credits.policies import can_decide_appeal, reads_claims
from lms.credits.selectors.appeals import appeal_at, appeals_at
from lms.credits.selectors.claims import local, said_in, whole_claim
from lms.credits.selectors.desk_history import desk_history
from lms.credits.selectors.rules import table_of
from lms.credits.services.claim_states import day_of
from lms.credits.services.confirming import decide_appeal
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .queue import PER_PAGE, select

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.credits.models import ClaimAppeal


@login_required
@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """Appeals at the organisations of the reader, those that wait first."""
    if not reads_claims(request.user):
        raise PermissionDenied
    state = request.GET.get("state", "")
    state = state if state in AppealState.values else ""
    page = Paginator(appeals_at(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    choices = [(each.value, each.label) for each in AppealState]
    context = {
        "page": page,
        "fields": [select("state", _("State"), state, _("every state"), choices)],
        "query": f"state={state}" if state else "",
        "today": day_of(now()),
    }
    return render(request, "credits/desk/appeals.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One appeal: what was decided and why, what is held against it, and the answer."""
    found = appeal_at(request.user, uid)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found, AnswerForm())
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    user = cast("User", request.user)
    try:
        decide_appeal(appeal=found, user=user, now=now(), **form.cleaned_data)
    except Refusal as refusal:
        fresh = appeal_at(request.user, uid) or found
        return _page(request, fresh, form, refusal=refusal, status=refusal.status)
    messages.success(request, _("Decided. Whoever appealed is told, with your reasons."))
    return redirect("credits:desk-appeal", uid=uid)


def _page(
    request: HttpRequest,
    found: "ClaimAppeal",
    form: AnswerForm,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    claim = whole_claim(found.claim_id)
    rule = table_of(claim.rules).rule(claim.rule)
    filed = found.state == AppealState.FILED
    context = {
        "appeal": found,
        "claim": claim,
        "rule_title": local(rule.title, rule.title_en),
        "said": said_in(claim, rule),
        "history": desk_history(claim),
        "may_decide": filed and can_decide_appeal(request.user, found),
        "overdue": filed and found.due_on < day_of(now()),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "credits/desk/appeal.html", context, status=status)
