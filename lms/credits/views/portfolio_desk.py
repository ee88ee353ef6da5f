"""Portfolios before an organisation: those at a gate, and one with the registrar's list."""

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.credits.enums import PortfolioState
from lms.credits.forms.portfolios import RegistrarForm
from lms.credits.policies import can_read_at, can_register, reads_claims
from lms.credits.selectors.portfolios import (
    claims_taken_back,
    expert_outcome,
    portfolio_rules,
    portfolio_visible_to,
    portfolios_at_gates,
)
from lms.credits.services.portfolio_gates import recognise_portfolio, send_portfolio_back
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from lms.schemes.selectors.current import current_version, levels_of

from .portfolios import name_levels

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.credits.models import Portfolio

PER_PAGE = 20
SHOWN = [state for state in PortfolioState if state != PortfolioState.DRAFT]


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Portfolios handed in where the reader works, those with the registrar first."""
    if not reads_claims(request.user):
        raise PermissionDenied
    state = request.GET.get("state", "")
    state = state if state in SHOWN else ""
    page = Paginator(portfolios_at_gates(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    name_levels(page)
    options = [{"value": "", "label": _("every state")}]
    options += [{"value": each.value, "label": str(each.label)} for each in SHOWN]
    context = {
        "page": page,
        "fields": [{"name": "state", "label": _("State"), "kind": "select", "value": state, "options": options}],
        "query": urlencode({"state": state}) if state else "",
    }
    return render(request, "credits/portfolios/desk.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One portfolio: what stands in it, what the experts came to, and the registrar's decision."""
    found = portfolio_visible_to(request.user, uid)
    if found is None:
        raise Http404
    if not can_read_at(request.user, found.organisation_id):
        raise PermissionDenied
    form = RegistrarForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form, status=400 if form.is_bound else 200)
    try:
        _decide(request, found, form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, portfolio_visible_to(request.user, uid) or found, form, status=refusal.status)
    return redirect("credits:portfolio-review", uid=uid)


def _decide(request: HttpRequest, found: "Portfolio", said: dict[str, Any]) -> None:
    given: dict[str, Any] = {
        "portfolio": found,
        "checked": said["checked"],
        "user": cast("User", request.user),
        "now": now(),
    }
    act = request.POST.get("act")
    if act == "recognise":
        recognise_portfolio(**given)
        messages.success(request, _("Recognised. The person has been told."))
        return
    send_portfolio_back(**given, reason=said["reason"], refuse=act == "refuse")
    done = _("Not recognised; the person has been told why.") if act == "refuse" else _("Sent back with your reason.")
    messages.success(request, done)


def _page(request: HttpRequest, found: "Portfolio", form: RegistrarForm, *, status: int) -> HttpResponse:
    at_gate = found.state == PortfolioState.PROCEDURAL
    context = {
        "portfolio": found,
        "outcome": expert_outcome(found),
        "rules": portfolio_rules(),
        "level": levels_of(current_version(now())).get(code=found.level),
        "taken_back": claims_taken_back(found),
        "form": form if at_gate and can_register(request.user, found) else None,
        "at_gate": at_gate,
    }
    return render(request, "credits/portfolios/review.html", context, status=status)
