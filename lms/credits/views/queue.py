"""Claims that wait at the reader's organisations: the list, and confirming many at once."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.credits.enums import WAITING_STATES, ClaimState, CreditKind
from lms.credits.forms.confirming import ConfirmForm, read_chosen
from lms.credits.policies import confirms_claims, reads_claims
from lms.credits.selectors.claims import local
from lms.credits.selectors.previewing import foresee, rated_at
from lms.credits.selectors.queue import OVERDUE, SOON, Filter, chosen_claims, queue
from lms.credits.selectors.rules import table_of
from lms.credits.services.claim_states import day_of
from lms.credits.services.confirming import Chosen, confirm_many, needs_two
from lms.kernel.clock import now

if TYPE_CHECKING:
    from datetime import date

    from lms.accounts.models import User
    from lms.credits.models import Claim

PER_PAGE = 20
SHOWN_STATES = [state for state in ClaimState if state != ClaimState.DRAFT]
CLAIMED_KINDS = [kind for kind in CreditKind if kind != CreditKind.VIOLATION]


@dataclass(frozen=True, slots=True)
class Row:
    """A claim of the list: what it is rated at, who has to confirm it, and whether its day is past."""

    claim: Any
    rule: str
    points: Decimal | None
    two_people: bool
    overdue: bool
    choosable: bool


@login_required
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """Claims at the organisations of the reader, those that wait first."""
    if not reads_claims(request.user):
        raise PermissionDenied
    today = day_of(now())
    asked = _asked(request)
    page = Paginator(queue(request.user, asked, today), PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(claim, today) for claim in page.object_list]
    said = (("state", asked.state), ("kind", asked.kind), ("due", asked.due), ("people", asked.people))
    context = {
        "page": page,
        "rows": rows,
        "fields": _fields(asked),
        "query": urlencode({name: value for name, value in said if value}),
        "may_choose": confirms_claims(request.user) and any(row.choosable for row in rows),
    }
    return render(request, "credits/desk/claims.html", context)


@login_required
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Many claims: first what confirming them would post, then what became of each."""
    if not confirms_claims(request.user):
        raise PermissionDenied
    revisions = read_chosen(request.POST.getlist("claim"))
    found = chosen_claims(request.user, list(revisions))
    if not found:
        messages.error(request, _("Tick the claims that you want to confirm."))
        return redirect("credits:desk-claims")
    if "confirm" not in request.POST:
        return _preview(request, found, ConfirmForm(initial={"revision": 0}))
    form = ConfirmForm({**request.POST.dict(), "revision": 0})
    if not form.is_valid():
        return _preview(request, found, form, status=400)
    results = confirm_many(
        chosen=[Chosen(claim, _revision(revisions[claim.uid], claim)) for claim in found],
        user=cast("User", request.user),
        verification=form.cleaned_data["verification"],
        words=form.cleaned_data["words"],
        now=now(),
    )
    return render(request, "credits/desk/bulk_done.html", {"results": results})


def _revision(seen: int | None, claim: "Claim") -> int:
    return claim.revision if seen is None else seen


def _preview(request: HttpRequest, found: "list[Claim]", form: ConfirmForm, *, status: int = 200) -> HttpResponse:
    told = foresee(found)
    previews = [(claim, _rule_title(claim), told[claim.pk], _two(claim)) for claim in found]
    people: dict[str, Decimal] = {}
    for each in (each for claim in found for each in told[claim.pk] if not _two(claim)):
        people[each.share.person.real_name] = people.get(each.share.person.real_name, Decimal(0)) + each.award.points
    context = {"previews": previews, "people": sorted(people.items()), "form": form}
    return render(request, "credits/desk/bulk.html", context, status=status)


def _asked(request: HttpRequest) -> Filter:
    given = request.GET
    return Filter(
        kind=_known(given.get("kind", ""), CLAIMED_KINDS),
        state=_known(given.get("state", ""), SHOWN_STATES),
        due=_known(given.get("due", ""), (OVERDUE, SOON)),
        people=_known(given.get("people", ""), ("one", "half")),
    )


def _known(value: str, choices: Any) -> str:
    return value if value in choices else ""


def _fields(asked: Filter) -> list[dict[str, Any]]:
    states = [(each.value, each.label) for each in SHOWN_STATES]
    kinds = [(each.value, each.label) for each in CLAIMED_KINDS]
    due = [(OVERDUE, _("overdue")), (SOON, _("due within three days"))]
    people = [("one", _("nobody has confirmed yet")), ("half", _("a second person is needed"))]
    return [
        select("state", _("State"), asked.state, _("every state"), states),
        select("kind", _("Kind of work"), asked.kind, _("every kind of work"), kinds),
        select("due", _("Due"), asked.due, _("any day"), due),
        select("people", _("Confirmed by"), asked.people, _("anybody or nobody"), people),
    ]


def select(name: str, label: str, value: str, every: str, choices: list[Any]) -> dict[str, Any]:
    """One select of a filter; its first choice narrows nothing."""
    options = [{"value": "", "label": every}, *({"value": code, "label": str(words)} for code, words in choices)]
    return {"name": name, "label": label, "kind": "select", "value": value, "options": options}


def _row(claim: Any, today: "date") -> Row:
    two = _two(claim)
    waiting = claim.state in WAITING_STATES
    choosable = claim.state == ClaimState.SUBMITTED and claim.ready and not claim.barred and not two
    overdue = waiting and claim.due_on is not None and claim.due_on < today
    return Row(claim, _rule_title(claim), rated_at(claim), two, overdue, choosable)


def _two(claim: "Claim") -> bool:
    return needs_two(claim, table_of(claim.rules), rated_at(claim) or Decimal(0))


def _rule_title(claim: "Claim") -> str:
    rule = table_of(claim.rules).rule(claim.rule)
    return local(rule.title, rule.title_en)
