"""Writing an entry about somebody: choose the rule, then say who, what and when. Grants and violations share it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.credits.enums import CreditKind
from lms.credits.forms.confirming import EntryForm
from lms.credits.policies import confirms_claims
from lms.credits.selectors.queue import desk_organisations
from lms.credits.selectors.rules import rules_for, table_of
from lms.credits.services.claim_states import day_of
from lms.credits.services.granting import grant
from lms.credits.services.putting import Entry
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation
    from lms.credits.engine.rules import Rule
    from lms.credits.models import CreditRules

# Writes the entry, and says where to go from it.
Write = Callable[[HttpRequest, Entry, UUID], HttpResponse]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Granting credits without a claim: what an organisation knows itself."""
    return write_entry(request, violation=False, write=_grant, template="credits/desk/grant.html")


def _grant(request: HttpRequest, entry: Entry, request_id: UUID) -> HttpResponse:
    done = grant(entry=entry, user=request.user, request_id=request_id, now=now())  # type: ignore[arg-type]
    if done.waits_for_second:
        messages.success(request, _("Written down. A second person has to confirm it before it is posted."))
    elif done.lines:
        messages.success(request, _("Granted. The line stands in the ledger, and the person is told."))
    else:
        messages.success(request, _("Written down. The caps of the year left no points to post."))
    return redirect("credits:desk-claim", uid=done.claim.uid)


def write_entry(request: HttpRequest, *, violation: bool, write: Write, template: str) -> HttpResponse:
    """Choose organisation and rule by address, then fill in and send the form of the rule."""
    if not confirms_claims(request.user):
        raise PermissionDenied
    organisations = list(desk_organisations(request.user))
    base = next((each for each in organisations if each.code == request.GET.get("base")), None)
    base = base or next(iter(organisations), None)
    context: dict[str, Any] = {"organisations": organisations, "base": base, "rules": [], "rule": None, "form": None}
    if base is None:
        return render(request, template, context)
    version = rules_for(organisation_id=base.pk, on=day_of(now()))
    context |= {"version": version, "rules": _rules(version, violation)}
    rule = next((each for each in context["rules"] if each.code == request.GET.get("rule")), None)
    if rule is None:
        return render(request, template, context)
    context |= {"rule": rule, "form": EntryForm(request.POST or None, rule=rule, today=day_of(now()))}
    if request.method != "POST":
        return render(request, template, context)
    return _send(request, base, context, write, template)


def _rules(version: "CreditRules", violation: bool) -> "list[Rule]":
    table = table_of(version)
    return [rule for rule in table.rules if rule.by == "desk" and (rule.kind == CreditKind.VIOLATION) is violation]


def _send(
    request: HttpRequest, base: "Organisation", context: dict[str, Any], write: Write, template: str
) -> HttpResponse:
    form: EntryForm = context["form"]
    if not form.is_valid() or form.person is None:
        return render(request, template, context, status=400)
    said = form.cleaned_data
    entry = Entry(form.person, base, context["rule"].code, said["title"], said["occurred_on"], form.said)
    try:
        return write(request, entry, said["request_id"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return render(request, template, context, status=refusal.status)
