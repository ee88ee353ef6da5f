"""One's own claim: write it, prove it, hand it in; afterwards, what became of it and why."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.credits.enums import EDITABLE_STATES, ClaimState
from lms.credits.forms.claim_sheet import ClaimSheet
from lms.credits.forms.claims import AppealForm
from lms.credits.selectors.claim_history import history_of
from lms.credits.selectors.claim_points import gives
from lms.credits.selectors.claims import days_left, local, own_claim, said_in
from lms.credits.selectors.lines import credit_lines_of
from lms.credits.selectors.origins import origin_of
from lms.credits.selectors.rules import table_of
from lms.credits.services import claiming
from lms.credits.services.claim_endings import WITHDRAWABLE
from lms.credits.services.claim_rules import last_day_for
from lms.credits.services.claim_states import ClaimChanged, ClaimSettled, day_of, evidence_hash_of
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .claim_files import takes_papers
from .claims import signed_in_person

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.credits.models import Claim

TEMPLATE, SHEET = "credits/claims/claim.html", "credits/claims/sheet.html"
# Help for the shares, and reckoning: nothing is kept.
HELP = ("split", "rest", "preview")


@takes_papers
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own claim; what a post does is named by its button."""
    signed_in_person(request)
    found = _found(request, uid)
    if request.method != "POST":
        return _sheet(request, found) if found.state in EDITABLE_STATES else _page(request, found)
    for name, act in ACTS.items():
        if name in request.POST:
            return act(request, found)
    return _write(request, found)


def _found(request: HttpRequest, uid: UUID) -> "Claim":
    found = own_claim(request.user, uid)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: "Claim", form: AppealForm | None = None, *, status: int = 200) -> HttpResponse:
    """A claim that is with others, or decided."""
    moment = now()
    rule = _rule_of(found)
    lines = credit_lines_of(f"credits.claim:{found.uid}")
    may_appeal = found.state == ClaimState.REJECTED and not _appealed(found)
    left = days_left(found, moment)
    context = {
        "claim": found,
        "rule_title": local(rule.title, rule.title_en) if rule else found.rule,
        "said": said_in(found, rule),
        "history": history_of(found),
        "reason": _last_reason(found),
        "lines": lines,
        "origin": origin_of(found),
        "pending": [share for share in found.shares.all() if share.state == "asked"],
        "may_withdraw": found.state in WITHDRAWABLE,
        "may_appeal": may_appeal and (left is None or left >= 0),
        "form": form or AppealForm(),
        "changed_since": bool(found.evidence_hash) and found.evidence_hash != evidence_hash_of(found),
    }
    return render(request, TEMPLATE, context, status=status)


def _rule_of(found: "Claim") -> Any:
    try:
        return table_of(found.rules).rule(found.rule)
    except LookupError:
        return None


def _appealed(found: "Claim") -> bool:
    return any(each.round == found.round for each in found.appeals.all())


def _last_reason(found: "Claim") -> str:
    return next((event.reason for event in reversed(found.events.all()) if event.to_state == found.state), "")


def _sheet(request: HttpRequest, found: "Claim", sheet: ClaimSheet | None = None, *, status: int = 200) -> HttpResponse:
    """A claim that is with its owner."""
    table = table_of(found.rules)
    rule = table.rule(found.rule)
    context = {
        "claim": found,
        "sheet": sheet or ClaimSheet.standing(found, rule, table.kind(rule.kind), day_of(now())),
        "rule": rule,
        "rule_title": local(rule.title, rule.title_en),
        "rule_note": local(rule.note, rule.note_en),
        "gives": gives(rule),
        "files_wanted": rule.files,
        "last_day": last_day_for(table, found.occurred_on),
        "reason": _last_reason(found),
        "history": history_of(found),
        "declined": [share for share in found.shares.all() if share.state == "declined"],
        "origin": origin_of(found),
        "settled": found.state not in EDITABLE_STATES,
    }
    return render(request, SHEET, context, status=status)


def _typed(request: HttpRequest, found: "Claim", *, complete: bool = False) -> ClaimSheet:
    table = table_of(found.rules)
    rule = table.rule(found.rule)
    today = day_of(now())
    return ClaimSheet.typed(found, rule, table.kind(rule.kind), today, request.POST, request.FILES, complete=complete)


def _write(request: HttpRequest, found: "Claim") -> HttpResponse:
    """Save what is good, the files first; hand in when asked and nothing is missing."""
    hand_in = "hand_in" in request.POST
    sheet = _typed(request, found, complete=hand_in)
    good, status = sheet.is_valid(), 400
    refusal: Refusal | None = None
    try:
        revision = _keep_files(found, sheet)
        if good:
            _keep(request, found, sheet, revision, hand_in=hand_in)
            return _done(request, found, hand_in=hand_in)
    except Refusal as refused:
        refusal, status = refused, refused.status
    fresh = _found(request, found.uid)
    late = hand_in and good and isinstance(refusal, ClaimChanged | ClaimSettled)
    if late and fresh.state == ClaimState.SUBMITTED and sheet.says_the_same_as(fresh):
        return _done(request, fresh, hand_in=True)
    if refusal is not None:
        sheet.refuse(refusal, fresh.revision)
    sheet.renew(fresh.revision)
    return _sheet(request, fresh, sheet, status=status)


def _keep_files(found: "Claim", sheet: ClaimSheet) -> int:
    """Keep the files that are good whatever else is not; answers the revision that stands then."""
    revision = int(sheet.form.cleaned_data.get("revision", -1))
    if not sheet.form.papers:
        return revision
    return claiming.add_evidence(claim=found, papers=sheet.form.papers, revision=revision, now=now()).revision


@transaction.atomic
def _keep(request: HttpRequest, found: "Claim", sheet: ClaimSheet, revision: int, *, hand_in: bool) -> None:
    moment = now()
    held = claiming.write_claim(claim=found, revision=revision, now=moment, **sheet.written)
    held = claiming.set_shares(claim=held, shares=sheet.parts, revision=held.revision, now=moment)
    if hand_in:
        claiming.hand_in_claim(claim=held, actor=_actor(request), revision=held.revision, now=moment)


def _done(request: HttpRequest, found: "Claim", *, hand_in: bool) -> HttpResponse:
    if hand_in:
        messages.success(request, _("Handed in. You are told what is decided."))
    else:
        messages.success(request, _("Saved. Nobody else sees the claim before you hand it in."))
    return redirect("credits:claim", uid=found.uid)


def _help(request: HttpRequest, found: "Claim") -> HttpResponse:
    """Reckon with what was typed; nothing is kept."""
    if found.state not in EDITABLE_STATES:
        return redirect("credits:claim", uid=found.uid)
    return _sheet(request, found, _typed(request, found))


def _remove(request: HttpRequest, found: "Claim") -> HttpResponse:
    asked = request.POST["remove"]
    evidence = next((each for each in found.evidence.all() if str(each.uid) == asked), None)
    if evidence is None:
        raise Http404
    revision = found.revision
    return _act(
        request,
        found,
        lambda: claiming.remove_evidence(claim=found, evidence=evidence, revision=revision, now=now()),
        _("The file is shredded."),
    )


def _withdraw(request: HttpRequest, found: "Claim") -> HttpResponse:
    return _act(
        request,
        found,
        lambda: claiming.withdraw_claim(claim=found, actor=_actor(request), now=now()),
        _("Withdrawn. Its history stays; what it was about can be claimed again."),
    )


def _discard(request: HttpRequest, found: "Claim") -> HttpResponse:
    try:
        claiming.discard_claim(claim=found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("credits:claim", uid=found.uid)
    messages.success(request, _("The draft is gone, and its files are shredded."))
    return redirect("credits:claims")


def _appeal(request: HttpRequest, found: "Claim") -> HttpResponse:
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    try:
        claiming.appeal(claim=found, user=cast("User", request.user), reason=form.cleaned_data["reason"], now=now())
    except Refusal as refusal:
        form.add_error("reason", str(refusal))
        return _page(request, _found(request, found.uid), form, status=refusal.status)
    messages.success(request, _("Your appeal is filed. Somebody who had no hand in the claim reads it."))
    return redirect("credits:claim", uid=found.uid)


def _act(request: HttpRequest, found: "Claim", act: Callable[[], Any], told: str) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("credits:claim", uid=found.uid)


def _actor(request: HttpRequest) -> str:
    return f"user:{request.user.pk}"


ACTS: dict[str, Callable[[HttpRequest, "Claim"], HttpResponse]] = {
    "act": _help,
    "remove": _remove,
    "withdraw": _withdraw,
    "discard": _discard,
    "appeal": _appeal,
}
