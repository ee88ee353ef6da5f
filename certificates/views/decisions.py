from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certificates.enums import LIVE_STATES, DecisionState
from certificates.forms import RefuseForm, RevokeForm
from certificates.models import Decision
from certificates.policies import can_decide, can_issue, can_revoke, is_own_case, works_on_decisions
from certificates.selectors.decisions import (
    candidates_page,
    cohorts_to_prepare,
    decision_visible_to,
    decisions_page,
)
from certificates.services.deciding import approve_decision, prepare_decision, refuse_decision
from certificates.services.issuing import issue
from certificates.services.revoking import revoke
from lms.cohorts.selectors.people import people_visible_to
from lms.kernel.clock import now
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import Refusal

from .presenting import proofs_in

if TYPE_CHECKING:
    from lms.accounts.models import Person, User
    from lms.cohorts.models import Cohort


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)


def _chosen_cohort(request: HttpRequest) -> "tuple[list[Cohort], Cohort | None]":
    cohorts = list(cohorts_to_prepare(request.user).select_related("organisation", "scheme_version")[:100])
    asked = request.POST.get("cohort") or request.GET.get("cohort")
    named = next((cohort for cohort in cohorts if str(cohort.pk) == asked), None)
    return cohorts, named or (cohorts[0] if cohorts and not asked else None)


def _list(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    cohorts, cohort = _chosen_cohort(request)
    context: dict[str, Any] = {
        "page": decisions_page(request.user, request.GET.get("page", 1)),
        "cohorts": cohorts,
        "cohort": cohort,
        "refusal": refusal,
    }
    if cohort:
        context["candidate_page"], context["candidates"] = candidates_page(cohort, request.GET.get("people", 1))
    status = refusal.status if refusal else 200
    return render(request, "certificates/decisions.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: HttpRequest) -> HttpResponse:
    """Decisions that wait and those that were made; a manager puts people forward here."""
    if not works_on_decisions(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _list(request)
    _cohorts, cohort = _chosen_cohort(request)
    person = _named_person(request)
    if cohort is None or person is None:
        raise Http404
    try:
        decision = prepare_decision(
            person=person,
            level=LevelCode(cohort.level),
            organisation=cohort.organisation,
            prepared_by=_user(request),
            now=now(),
        )
    except Refusal as refusal:
        return _list(request, refusal=refusal)
    messages.success(request, _("The decision is prepared; its evidence is frozen. A certifier decides."))
    return redirect("certificates:decision", uid=decision.uid)


def _named_person(request: HttpRequest) -> "Person | None":
    try:
        uid = UUID(request.POST.get("person", ""))
    except ValueError:
        return None
    return people_visible_to(request.user).filter(uid=uid).first()


def _approve(request: HttpRequest, decision: Decision) -> str:
    approve_decision(decision=decision, approved_by=_user(request), now=now())
    return _("Approved. The certificate can be issued now.")


def _refuse(request: HttpRequest, decision: Decision) -> str:
    refuse_decision(
        decision=decision, refused_by=_user(request), reason=request.POST.get("reason", "")[:300], now=now()
    )
    return _("Refused. It can be prepared again with new evidence.")


def _issue(request: HttpRequest, decision: Decision) -> str:
    if not can_issue(request.user, decision):
        raise PermissionDenied
    certificate = issue(decision=decision, issued_by=_user(request), now=now())
    return _("Certificate %(serial)s is issued.") % {"serial": certificate.serial}


def _revoke(request: HttpRequest, decision: Decision) -> str:
    certificate = getattr(decision, "certificate", None)
    if certificate is None:
        raise Http404
    reason, public = request.POST.get("reason", "")[:300], request.POST.get("public_reason", "")[:300]
    revoke(certificate=certificate, reason=reason, public_reason=public, revoked_by=_user(request), now=now())
    return _("Certificate %(serial)s is revoked. It keeps answering, and says so.") % {"serial": certificate.serial}


ACTIONS: dict[str, Callable[[HttpRequest, Decision], str]] = {
    "approve": _approve,
    "refuse": _refuse,
    "issue": _issue,
    "revoke": _revoke,
}


def _detail(request: HttpRequest, decision: Decision, *, refusal: Refusal | None = None) -> HttpResponse:
    certificate = getattr(decision, "certificate", None)
    waits = decision.state == DecisionState.PREPARED
    live = certificate is not None and certificate.state in LIVE_STATES
    context = {
        "decision": decision,
        "certificate": certificate,
        "evidence": decision.evidence,
        "proofs": proofs_in(decision.evidence["leaves"]),
        "may_decide": waits and can_decide(request.user, decision),
        "is_preparer": waits and decision.prepared_by_id == request.user.pk,
        "is_own_case": waits and is_own_case(request.user, decision),
        "may_issue": certificate is None and can_issue(request.user, decision),
        "may_revoke": live and certificate is not None and can_revoke(request.user, certificate),
        "refuse_form": RefuseForm(),
        "revoke_form": RevokeForm(),
        "refusal": refusal,
    }
    return render(request, "certificates/decision.html", context, status=refusal.status if refusal else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One decision with its evidence, and what the reader may do about it."""
    found = decision_visible_to(request.user, uid)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _detail(request, found)
    act = ACTIONS.get(request.POST.get("action", ""))
    if act is None:
        return HttpResponseBadRequest()
    try:
        said = act(request, found)
    except Refusal as refusal:
        return _detail(request, found, refusal=refusal)
    messages.success(request, said)
    return redirect("certificates:decision", uid=uid)
