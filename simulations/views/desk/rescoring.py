"""Corrected rubrics at the desk: propose, look at the dry run, approve or turn down."""

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
from simulations.enums import RescoreState
from simulations.models import Rescore
from simulations.selectors.rescores import (
    changes_of,
    choices_for,
    lines_of,
    rescore_visible,
    rescores_visible,
)
from simulations.selectors.reviews import names_of
from simulations.selectors.scenarios import engine_language, scenario_in
from simulations.services import rescoring

from .assigning import refused
from .finding import deciders_or_403, signed_in, tabs
from .forms import ReasonForm, RescoreForm

PER_PAGE = 50


@never_cache
@require_safe
@login_required
def rescores(request: HttpRequest) -> HttpResponse:
    """Every rescore at the bases that one manages, the newest first."""
    deciders_or_403(request)
    page = Paginator(rescores_visible(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"tabs": tabs(request, "simulations:desk-rescores"), "page": page}
    return render(request, "simulations/desk/rescores.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def prepare(request: HttpRequest) -> HttpResponse:
    """Propose that attempts are scored by a corrected edition."""
    deciders_or_403(request)
    user = signed_in(request)
    choices = choices_for(user)
    form = RescoreForm(request.POST if request.method == "POST" else None, choices=choices)
    made: list[Rescore] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if not refused(form, lambda: made.append(rescoring.prepare(prepared_by=user, now=now(), **given))):
            messages.success(request, _("Prepared. The dry run lists whose score would change."))
            return redirect("simulations:desk-rescore", made[0].uid)
    context = {
        "tabs": tabs(request, "simulations:desk-rescores"),
        "form": form,
        "possible": choices["corrected"].exists(),
    }
    return render(request, "simulations/desk/rescore_new.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rescore(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One rescore: whose score would change, and the decision of a second person."""
    found = rescore_visible(request.user, uid)
    if found is None:
        raise Http404
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _decide(request, found)
        except Refusal as no:
            refusal = no
        else:
            return redirect("simulations:desk-rescore", uid)
    context = _page(request, found) | {"refusal": refusal}
    return render(request, "simulations/desk/rescore.html", context, status=refusal.status if refusal else 200)


def _decide(request: HttpRequest, found: Rescore) -> None:
    user = signed_in(request)
    if request.POST.get("action") == "approve":
        rescoring.approve(rescore=found, decided_by=user, now=now())
        messages.success(request, _("Approved. The new scores are being written, and everybody concerned is told."))
    else:
        form = ReasonForm(request.POST)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        rescoring.refuse(rescore=found, reason=reason, decided_by=user, now=now())
        messages.success(request, _("Turned down. Every score stays as it is."))


def _page(request: HttpRequest, found: Rescore) -> dict[str, Any]:
    page = Paginator(lines_of(found), PER_PAGE).get_page(request.GET.get("page"))
    names = names_of([found.prepared_by, found.decided_by])
    user = signed_in(request)
    return {
        "tabs": tabs(request, "simulations:desk-rescores"),
        "rescore": found,
        "changes": changes_of(found),
        "page": page,
        "texts": _texts(found),
        "prepared_by": names.get(found.prepared_by, ""),
        "decided_by": names.get(found.decided_by, ""),
        "own": found.prepared_by == f"user:{user.pk}",
        "may_decide": found.state == RescoreState.PREPARED and rescoring.may_decide(user, found),
        "form": ReasonForm(),
    }


def _texts(found: Rescore) -> dict[str, str]:
    """What each item that changes for somebody asks for, by the corrected edition or the old one."""
    lang = engine_language()
    texts: dict[str, str] = {}
    for version in (found.version, found.corrected):
        scenario = scenario_in(version)
        texts |= {item.id: scenario.say(item.text, lang) for item in scenario.rubric}
    return texts
