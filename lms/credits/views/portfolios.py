"""One's own portfolios: the list, a new one, and one to write, hand in and follow through its gates."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.accounts.selectors.people import person_of
from lms.credits.forms.portfolios import BeginPortfolioForm, PortfolioForm
from lms.credits.selectors.portfolios import (
    claims_to_show,
    expert_outcome,
    portfolio_rules,
    portfolio_visible_to,
    portfolios_of,
)
from lms.credits.services.portfolio_gates import hand_in_portfolio
from lms.credits.services.portfolios import EDITABLE, begin_portfolio, discard_portfolio, write_portfolio
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from lms.schemes.selectors.current import current_version, levels_of

if TYPE_CHECKING:
    from django.core.paginator import Page

    from lms.accounts.models import Person, User
    from lms.credits.models import Portfolio

PER_PAGE = 20
# Claims among which a person chooses; whoever has more shows the latest.
MOST_CLAIMS = 60


def _person(request: HttpRequest) -> "Person":
    person = person_of(request.user)
    if person is None:
        raise PermissionDenied
    return person


def name_levels(page: "Page[Portfolio]") -> None:
    """Give each portfolio of the page the name of its level as `level_label` (one query)."""
    names = {level.code: level.local_name for level in levels_of(current_version(now()))} if page.object_list else {}
    for each in page.object_list:
        each.level_label = names.get(each.level, each.level)  # type: ignore[attr-defined]


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own portfolios and at which gate each stands."""
    person = _person(request)
    page = Paginator(portfolios_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    name_levels(page)
    context = {
        "page": page,
        "confirmed": claims_to_show(person.pk).count(),
        "rules": portfolio_rules(),
    }
    return render(request, "credits/portfolios/mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose level and place, and begin a draft."""
    person, moment = _person(request), now()
    form = BeginPortfolioForm(request.POST or None, person=person, levels=levels_of(current_version(moment)))
    if request.method == "POST" and form.is_valid():
        try:
            begun = begin_portfolio(person=person, now=moment, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("credits:portfolio", uid=begun.uid)
    may_begin = form.fields["organisation"].queryset.exists()  # type: ignore[attr-defined]
    context = {"form": form, "may_begin": may_begin, "rules": portfolio_rules()}
    return render(request, "credits/portfolios/new.html", context, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own portfolio: write it and hand it in; afterwards, what experts and registrar said."""
    found = portfolio_visible_to(request.user, uid)
    if found is None or found.person.user_id != request.user.pk:
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    if "discard" in request.POST:
        return _discard(request, found)
    if found.state not in EDITABLE:
        messages.error(request, _("This portfolio can no longer be changed: %s.") % found.get_state_display())
        return redirect("credits:portfolio", uid=uid)
    return _write(request, found)


def _page(
    request: HttpRequest, found: "Portfolio", form: PortfolioForm | None = None, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "portfolio": found,
        "outcome": expert_outcome(found),
        "rules": portfolio_rules(),
        "level": levels_of(current_version(now())).get(code=found.level),
        "reason": "".join(event.reason for event in list(found.events.all())[-1:]),
    }
    if found.state in EDITABLE:
        claims = list(claims_to_show(found.person_id)[:MOST_CLAIMS])
        context["form"] = form or PortfolioForm(initial=PortfolioForm.initial_of(found), portfolio=found, claims=claims)
    return render(request, "credits/portfolios/one.html", context, status=status)


def _write(request: HttpRequest, found: "Portfolio") -> HttpResponse:
    claims = list(claims_to_show(found.person_id)[:MOST_CLAIMS])
    form = PortfolioForm(request.POST, portfolio=found, claims=claims)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    said = form.cleaned_data
    try:
        kept = write_portfolio(
            portfolio=found,
            title=said["title"],
            overview=said["overview"],
            pieces=form.pieces,
            revision=said["revision"],
            now=now(),
        )
        if "hand_in" in request.POST:
            hand_in_portfolio(portfolio=kept, actor=cast("User", request.user), now=now())
            messages.success(request, _("Handed in. You are told what the experts and the registrar decide."))
        else:
            messages.success(request, _("Saved. Nobody else sees the portfolio before you hand it in."))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        fresh = portfolio_visible_to(request.user, found.uid) or found
        # What was written stays on the page; the next save follows the change that was just made.
        form.data = {**request.POST.dict(), "revision": str(fresh.revision)}
        return _page(request, fresh, form, status=refusal.status)
    return redirect("credits:portfolio", uid=found.uid)


def _discard(request: HttpRequest, found: "Portfolio") -> HttpResponse:
    try:
        discard_portfolio(portfolio=found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("credits:portfolio", uid=found.uid)
    messages.success(request, _("The draft is gone."))
    return redirect("credits:portfolios")
