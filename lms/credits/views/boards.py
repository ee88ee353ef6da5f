"""Boards: who let their name stand there, and how credits are spread without names."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.credits.forms.boards import JoinForm
from lms.credits.selectors.boards import LEAST, board, years_at
from lms.credits.selectors.claims import organisations_for
from lms.credits.selectors.distribution import LEAST as LEAST_SPREAD
from lms.credits.selectors.distribution import distribution
from lms.credits.services.boards import join_board, leave_board
from lms.kernel.beijing import BEIJING
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .papers import _person

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The boards of the organisations that know one; straight to the board where there is only one."""
    found = list(organisations_for(_person(request)))
    if len(found) == 1:
        return redirect("credits:board", code=found[0].code)
    return render(request, "credits/boards/mine.html", {"organisations": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, code: str) -> HttpResponse:
    """The board of an organisation and year, one's own consent, and the spread without names."""
    person = _person(request)
    organisation = organisations_for(person).filter(code=code).first()
    if organisation is None:
        raise Http404
    form = JoinForm(request.POST if "join" in request.POST else None)
    if request.method == "POST" and _carried_out(request, person, organisation, form):
        return redirect("credits:board", code=code)
    return _page(request, person, organisation, form)


def _carried_out(request: HttpRequest, person: "Person", organisation: "Organisation", form: JoinForm) -> bool:
    if "leave" in request.POST:
        leave_board(person=person, organisation=organisation, now=now())
        messages.success(request, _("Your name no longer stands on the board."))
        return True
    if not form.is_valid():
        return False
    try:
        join_board(person=person, organisation=organisation, shown_as=form.cleaned_data["shown_as"], now=now())
    except Refusal as refusal:
        form.add_error("shown_as", str(refusal))
        return False
    messages.success(request, _("Your name stands on the board from now on. You can take it down at any time."))
    return True


def _page(request: HttpRequest, person: "Person", organisation: "Organisation", form: JoinForm) -> HttpResponse:
    this_year = now().astimezone(BEIJING).year
    years = sorted({this_year, *years_at(organisation.pk)}, reverse=True)
    asked = request.GET.get("year", "")
    year = next((each for each in years if str(each) == asked), years[0])
    context = {
        "organisation": organisation,
        "years": years,
        "board": board(organisation.pk, year, person),
        "spread": distribution(organisation.pk, year, person.pk),
        "least": LEAST,
        "least_spread": LEAST_SPREAD,
        "form": form if form.is_bound else JoinForm(initial={"shown_as": person.real_name}),
    }
    return render(request, "credits/boards/one.html", context, status=400 if form.errors else 200)
