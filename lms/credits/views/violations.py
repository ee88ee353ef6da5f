"""Credits lost by violations: proposing, confirming by a second person, and the person's own page with its appeal."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.credits.enums import ClaimState
from lms.credits.forms.confirming import TurnDownForm, ViolationAppealForm
from lms.credits.policies import can_confirm, confirms_claims, reads_claims
from lms.credits.selectors.claims import local, said_in, whole_claim
from lms.credits.selectors.desk_history import desk_history
from lms.credits.selectors.lines import credit_lines_of
from lms.credits.selectors.previewing import rated_at
from lms.credits.selectors.rules import table_of
from lms.credits.selectors.violations import last_day_of_appeal, own_violation, violations_at
from lms.credits.services.claim_states import day_of
from lms.credits.services.confirming import confirm_claim, reject_claim
from lms.credits.services.judging import levels_for
from lms.credits.services.violations import appeal_violation, propose_violation
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .granting import write_entry
from .queue import PER_PAGE

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.credits.models import Claim
    from lms.credits.services.putting import Entry


@login_required
@require_safe
def violations(request: HttpRequest) -> HttpResponse:
    """Violations at the organisations of the reader, those that wait first."""
    if not reads_claims(request.user):
        raise PermissionDenied
    page = Paginator(violations_at(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(each, _title_of(each), rated_at(each)) for each in page.object_list]
    context = {"page": page, "rows": rows, "may_propose": confirms_claims(request.user)}
    return render(request, "credits/desk/violations.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Propose that somebody loses credits."""
    return write_entry(request, violation=True, write=_propose, template="credits/desk/violation_new.html")


def _propose(request: HttpRequest, entry: "Entry", request_id: UUID) -> HttpResponse:
    found = propose_violation(entry=entry, user=_user(request), request_id=request_id, now=now())
    messages.success(request, _("Proposed. Nothing is lost before a second person confirms it."))
    return redirect("credits:desk-violation", uid=found.uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One violation before the second person."""
    found = _found(request, uid)
    if request.method != "POST":
        return _page(request, found)
    act = ACTS.get(request.POST.get("action", ""))
    return act(request, found) if act else HttpResponseBadRequest()


def _found(request: HttpRequest, uid: UUID) -> "Claim":
    found = violations_at(request.user).filter(uid=uid).first()
    if found is None:
        raise Http404
    return whole_claim(found.pk)


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)


def _title_of(claim: "Claim") -> str:
    rule = table_of(claim.rules).rule(claim.rule)
    return local(rule.title, rule.title_en)


def _confirm(request: HttpRequest, found: "Claim") -> HttpResponse:
    revision = request.POST.get("revision", "")
    level = levels_for(table_of(found.rules).rule(found.rule))[0]
    try:
        confirm_claim(
            claim=found,
            user=_user(request),
            verification=level,
            revision=int(revision) if revision.isascii() and revision.isdigit() else -1,
            now=now(),
        )
    except Refusal as refusal:
        return _page(request, _found(request, found.uid), refusal=refusal, status=refusal.status)
    messages.success(request, _("Confirmed. The person is told, and may appeal."))
    return redirect("credits:desk-violation", uid=found.uid)


def _reject(request: HttpRequest, found: "Claim") -> HttpResponse:
    form = TurnDownForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=400)
    try:
        reject_claim(claim=found, user=_user(request), now=now(), **form.cleaned_data)
    except Refusal as refusal:
        return _page(request, _found(request, found.uid), form=form, refusal=refusal, status=refusal.status)
    messages.success(request, _("Dropped. Nobody loses anything."))
    return redirect("credits:desk-violation", uid=found.uid)


ACTS: dict[str, Callable[[HttpRequest, "Claim"], HttpResponse]] = {"confirm": _confirm, "reject": _reject}


def _page(
    request: HttpRequest,
    found: "Claim",
    *,
    form: TurnDownForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    waiting = found.state == ClaimState.SUBMITTED
    context = {
        **_told(found),
        "history": desk_history(found),
        "waiting": waiting,
        "may_confirm": waiting and can_confirm(request.user, found),
        "form": form or TurnDownForm(initial={"revision": found.revision}),
        "refusal": refusal,
    }
    return render(request, "credits/desk/violation.html", context, status=status)


def _told(found: "Claim") -> dict[str, Any]:
    rule = table_of(found.rules).rule(found.rule)
    return {
        "claim": found,
        "rule_title": local(rule.title, rule.title_en),
        "said": said_in(found, rule),
        "points": rated_at(found),
        "lines": credit_lines_of(f"credits.claim:{found.uid}"),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own violation: what was lost and why, and the appeal."""
    found = own_violation(request.user, uid)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _own_page(request, found, ViolationAppealForm())
    form = ViolationAppealForm(request.POST)
    if not form.is_valid():
        return _own_page(request, found, form, status=400)
    try:
        appeal_violation(claim=found, user=_user(request), reason=form.cleaned_data["reason"], now=now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _own_page(request, found, form, status=refusal.status)
    messages.success(request, _("Your appeal is filed. Somebody with no hand in it reads it and answers."))
    return redirect("credits:violation", uid=uid)


def _own_page(request: HttpRequest, found: "Claim", form: ViolationAppealForm, *, status: int = 200) -> HttpResponse:
    last, appeals = last_day_of_appeal(found), list(found.appeals.all())
    context = {
        **_told(found),
        "last": last,
        "appeal": appeals[-1] if appeals else None,
        "may_appeal": not appeals and last is not None and day_of(now()) <= last,
        "form": form,
    }
    return render(request, "credits/desk/own_violation.html", context, status=status)
