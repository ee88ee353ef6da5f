"""One's own claims: where each stands, what waits for oneself, and beginning another."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.accounts.selectors.people import person_of
from lms.credits.enums import ClaimState, CreditKind
from lms.credits.forms.claims import BeginClaimForm
from lms.credits.selectors.claim_points import asks, gives
from lms.credits.selectors.claims import claims_of, days_left, local, organisations_for, states_of
from lms.credits.selectors.rules import NoCreditRules, rules_for, table_of
from lms.credits.selectors.shares import shares_to_answer
from lms.credits.services.claim_states import day_of
from lms.credits.services.claiming import begin_claim
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation
    from lms.credits.engine.rules import RuleTable

PER_PAGE = 20


def signed_in_person(request: HttpRequest) -> "Person":
    """The human being behind the sign-in; without one there is nobody to claim for."""
    person = person_of(request.user)
    if person is None:
        raise PermissionDenied
    return person


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own claims by state, and what waits for oneself."""
    signed_in_person(request)
    moment, state = now(), request.GET.get("state", "")
    state = state if state in ClaimState.values else ""
    page = Paginator(claims_of(request.user, state), PER_PAGE).get_page(request.GET.get("page"))
    for each in page.object_list:
        each.days_left = days_left(each, moment)  # type: ignore[attr-defined]
    states = states_of(request.user)
    context = {
        "page": page,
        "shares": list(shares_to_answer(request.user)[:PER_PAGE]),
        "returned": states.get(ClaimState.RETURNED, 0),
        "states": [(code, label, states[code]) for code, label in ClaimState.choices if states.get(code)],
        "state": state,
        "all": sum(states.values()),
    }
    return render(request, "credits/claims/mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose what was done, by stage of work, and begin a draft; the rest is asked on its own page."""
    person = signed_in_person(request)
    organisations = list(organisations_for(person))
    chosen = _chosen(request, organisations)
    form = BeginClaimForm(
        request.POST or None, organisations=organisations, initial={"organisation": chosen.code if chosen else ""}
    )
    if request.method == "POST" and chosen is not None and form.is_valid():
        given = form.cleaned_data | {"organisation": chosen}
        try:
            begun = begin_claim(person=person, now=now(), **given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("credits:claim", uid=begun.uid)
    context = {
        "form": form,
        "organisations": organisations,
        "chosen": chosen,
        "stages": _stages(chosen),
        "picked": form["rule"].value() or request.GET.get("rule", ""),
    }
    return render(request, "credits/claims/new.html", context, status=400 if form.errors else 200)


def _chosen(request: HttpRequest, organisations: "list[Organisation]") -> "Organisation | None":
    asked = (request.POST if request.method == "POST" else request.GET).get("organisation", "")
    by_code = {each.code: each for each in organisations}
    return by_code.get(asked) or next(iter(organisations), None)


def _stages(organisation: "Organisation | None") -> list[dict[str, Any]]:
    """What can be claimed today at the organisation, kind by kind."""
    if organisation is None:
        return []
    try:
        table = table_of(rules_for(organisation_id=organisation.pk, on=day_of(now())))
    except NoCreditRules:
        return []
    stages = [_stage(table, kind) for kind in CreditKind]
    return [stage for stage in stages if stage["rules"]]


def _stage(table: "RuleTable", kind: CreditKind) -> dict[str, Any]:
    rules = [rule for rule in table.rules_of(kind.value) if rule.by == "claim"]
    cap = table.kind(kind.value).cap_per_year
    return {
        "kind": kind,
        "cap": _("at most %(cap)s points a year") % {"cap": cap} if cap else "",
        "rules": [
            {
                "code": rule.code,
                "title": local(rule.title, rule.title_en),
                "note": local(rule.note, rule.note_en),
                "gives": gives(rule),
                "asks": asks(rule),
                "shared": rule.shared,
            }
            for rule in rules
        ],
    }
