"""The monthly draw: what was drawn, and looking at one claim again."""

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

from lms.credits.enums import SampleState
from lms.credits.forms.confirming import FindingForm
from lms.credits.policies import can_look_again, reads_claims
from lms.credits.selectors.claims import local, said_in, whole_claim
from lms.credits.selectors.desk_history import desk_history
from lms.credits.selectors.lines import credit_lines_of
from lms.credits.selectors.rules import table_of
from lms.credits.selectors.samples import sample_at, samples_at
from lms.credits.services.claim_states import evidence_hash_of
from lms.credits.services.sampling import look_again
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .queue import PER_PAGE, select

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.credits.models import AuditSample


@login_required
@require_safe
def samples(request: HttpRequest) -> HttpResponse:
    """What was drawn at the organisations of the reader, what waits first."""
    if not reads_claims(request.user):
        raise PermissionDenied
    state = request.GET.get("state", "")
    state = state if state in SampleState.values else ""
    page = Paginator(samples_at(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    choices = [(each.value, each.label) for each in SampleState]
    context = {
        "page": page,
        "fields": [select("state", _("State"), state, _("every state"), choices)],
        "query": f"state={state}" if state else "",
    }
    return render(request, "credits/desk/samples.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One confirmed claim that was drawn: what was confirmed, whether it still lies there, and the finding."""
    found = sample_at(request.user, uid)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found, FindingForm())
    form = FindingForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    try:
        look_again(sample=found, user=cast("User", request.user), now=now(), **form.cleaned_data)
    except Refusal as refusal:
        fresh = sample_at(request.user, uid) or found
        return _page(request, fresh, form, refusal=refusal, status=refusal.status)
    messages.success(request, _("Your finding is kept."))
    return redirect("credits:desk-sample", uid=uid)


def _page(
    request: HttpRequest,
    found: "AuditSample",
    form: FindingForm,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    claim = whole_claim(found.claim_id)
    rule = table_of(claim.rules).rule(claim.rule)
    still = evidence_hash_of(claim)
    context = {
        "sample": found,
        "claim": claim,
        "rule_title": local(rule.title, rule.title_en),
        "said": said_in(claim, rule),
        "lines": credit_lines_of(f"credits.claim:{claim.uid}"),
        "history": desk_history(claim),
        "changed_since": claim.evidence_hash != still,
        "may_look": found.state == SampleState.OPEN and can_look_again(request.user, found),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "credits/desk/sample.html", context, status=status)
