"""A share that somebody's claim names for oneself: read it, agree or decline."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.credits.enums import ClaimState, ShareState
from lms.credits.forms.claims import ShareAnswerForm
from lms.credits.selectors.claim_points import foreseen
from lms.credits.selectors.claims import local, said_in, whole_claim
from lms.credits.selectors.rules import table_of
from lms.credits.selectors.shares import share_named
from lms.credits.services.claim_fields import measure_of
from lms.credits.services.claiming import answer_share
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .claims import signed_in_person

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.credits.models import ClaimShare


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One share of somebody else's claim, and one's answer."""
    signed_in_person(request)
    found = share_named(request.user, uid)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found, ShareAnswerForm(initial={"revision": found.claim.revision}))
    form = ShareAnswerForm(request.POST)
    answer = request.POST.get("answer")
    if not form.is_valid() or answer not in ("agree", "decline"):
        return _page(request, found, form, status=400)
    agree = answer == "agree"
    try:
        answer_share(
            share=found,
            user=cast("User", request.user),
            agree=agree,
            reason=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            now=now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, share_named(request.user, uid) or found, form, status=refusal.status)
    messages.success(request, _("You have agreed.") if agree else _("You have declined; the claim is back."))
    return redirect("credits:share", uid=uid)


def _page(request: HttpRequest, found: "ClaimShare", form: ShareAnswerForm, *, status: int = 200) -> HttpResponse:
    claim = whole_claim(found.claim_id)
    table = table_of(claim.rules)
    rule = table.rule(claim.rule)
    shares = list(claim.shares.all())
    reckoned = foreseen(rule, table.kind(rule.kind), measure_of(rule, claim.fields), [each.percent for each in shares])
    points = dict(zip([each.pk for each in shares], reckoned.shares, strict=False)) if reckoned else {}
    context = {
        "share": found,
        "claim": claim,
        "rule_title": local(rule.title, rule.title_en),
        "said": said_in(claim, rule),
        "points": points.get(found.pk),
        "may_answer": found.state == ShareState.ASKED and claim.state == ClaimState.SUBMITTED,
        "form": form,
    }
    return render(request, "credits/claims/share.html", context, status=status)
