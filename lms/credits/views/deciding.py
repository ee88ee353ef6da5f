"""One claim before those who decide: what it says, what proves it, and the decision."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.credits.enums import WAITING_STATES, ClaimState
from lms.credits.forms.confirming import ConfirmForm, TurnDownForm
from lms.credits.policies import can_confirm, can_confirm_at, can_turn_down, declared_interest, has_part_in
from lms.credits.selectors.claims import local, said_in
from lms.credits.selectors.desk_history import desk_history
from lms.credits.selectors.lines import credit_lines_of
from lms.credits.selectors.previewing import foresee, rated_at
from lms.credits.selectors.queue import alike, desk_claim
from lms.credits.selectors.rules import table_of
from lms.credits.services.claim_states import day_of, evidence_hash_of
from lms.credits.services.confirming import confirm_claim, needs_two
from lms.credits.services.judging import pass_on, reject_claim, return_claim
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.credits.models import Claim

TEMPLATE = "credits/desk/claim.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One claim; what a post does is named by its button."""
    found = _found(request, uid)
    if request.method != "POST":
        return _page(request, found)
    act = ACTS.get(request.POST.get("action", ""))
    if act is None:
        return HttpResponseBadRequest()
    return act(request, found)


def _found(request: HttpRequest, uid: UUID) -> "Claim":
    found = desk_claim(request.user, uid)
    if found is None:
        raise Http404
    return found


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)


def _confirm(request: HttpRequest, found: "Claim") -> HttpResponse:
    form = ConfirmForm(request.POST, rule=table_of(found.rules).rule(found.rule))
    if not form.is_valid():
        return _page(request, found, confirm=form, status=400)
    try:
        done = confirm_claim(claim=found, user=_user(request), now=now(), **form.cleaned_data)
    except Refusal as refusal:
        return _again(request, found, refusal)
    if done.waits_for_second:
        messages.success(request, _("You have confirmed it. A second person has to confirm it before it is posted."))
    elif done.lines:
        messages.success(request, _("Confirmed. The lines below stand in the ledger."))
    else:
        messages.success(request, _("Confirmed. The caps of the year left no points to post."))
    return redirect("credits:desk-claim", uid=found.uid)


def _turned_down(
    verb: Callable[..., object], said: Callable[[], str]
) -> Callable[[HttpRequest, "Claim"], HttpResponse]:
    def act(request: HttpRequest, found: "Claim") -> HttpResponse:
        form = TurnDownForm(request.POST)
        if not form.is_valid():
            return _page(request, found, turn_down=form, status=400)
        given = dict(form.cleaned_data)
        if verb is pass_on:
            given.pop("revision")
        try:
            verb(claim=found, user=_user(request), now=now(), **given)
        except Refusal as refusal:
            return _again(request, found, refusal, turn_down=form)
        messages.success(request, said())
        return redirect("credits:desk-claim", uid=found.uid)

    return act


ACTS: dict[str, Callable[[HttpRequest, "Claim"], HttpResponse]] = {
    "confirm": _confirm,
    "return": _turned_down(return_claim, lambda: _("Returned with your reason.")),
    "reject": _turned_down(reject_claim, lambda: _("Rejected with your reason. The claimant may appeal.")),
    "pass-on": _turned_down(pass_on, lambda: _("Left to others. That you have an interest stands in its history.")),
}


def _again(request: HttpRequest, found: "Claim", refusal: Refusal, **forms: Form) -> HttpResponse:
    """The page as the claim stands now, with what stood in the way and what was typed."""
    return _page(request, _found(request, found.uid), refusal=refusal, status=refusal.status, **forms)


def _page(
    request: HttpRequest,
    found: "Claim",
    *,
    confirm: Form | None = None,
    turn_down: Form | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    table = table_of(found.rules)
    rule = table.rule(found.rule)
    whole, seen = rated_at(found), evidence_hash_of(found)
    waiting = found.state == ClaimState.SUBMITTED
    shown = {"revision": found.revision, "seen": seen}
    context: dict[str, Any] = {
        "claim": found,
        "rule": rule,
        "rule_title": local(rule.title, rule.title_en),
        "said": said_in(found, rule),
        "whole": found.rated if found.rated is not None else whole,
        "foreseen": foresee([found])[found.pk] if waiting else [],
        "cap": table.kind(found.kind).cap_per_year,
        "two_people": needs_two(found, table, whole or Decimal(0)),
        "threshold": table.claims.two_people_from,
        "first": next((each for each in found.confirmations.all() if each.round == found.round), None),
        "pending": [share for share in found.shares.all() if share.state != "agreed"],
        "alike": alike(found),
        "lines": credit_lines_of(f"credits.claim:{found.uid}") if found.state == ClaimState.CONFIRMED else [],
        "changed_since": bool(found.evidence_hash) and found.evidence_hash != seen,
        "history": desk_history(found),
        "appeal": next(iter(found.appeals.all()), None),
        "today": day_of(now()),
        "overdue": found.state in WAITING_STATES and found.due_on is not None and found.due_on < day_of(now()),
        "refusal": refusal,
        **_may(request, found, waiting=waiting),
        "confirm": confirm or ConfirmForm(rule=rule, initial=shown),
        "turn_down": turn_down or TurnDownForm(initial=shown),
        "by_desk": rule.by == "desk",
    }
    return render(request, TEMPLATE, context, status=status)


def _may(request: HttpRequest, found: "Claim", *, waiting: bool) -> dict[str, bool]:
    """What the reader may do here, and why not where something stands in the way."""
    decides = waiting and can_confirm_at(request.user, found.organisation_id)
    return {
        "decides": decides,
        "own": has_part_in(request.user, found),
        "passed_on": decides and declared_interest(request.user, found),
        "may_confirm": decides and can_confirm(request.user, found),
        "may_turn_down": decides and can_turn_down(request.user, found),
    }
