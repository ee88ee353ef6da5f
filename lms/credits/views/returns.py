"""One's own annual returns: begun, completed, handed in, taken along."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.credits.documents.return_sheet import MEDIA_TYPE, return_workbook
from lms.credits.enums import PaperKind, ReturnState
from lms.credits.forms.returns import BeginReturnForm, ReturnForm, initial_of
from lms.credits.selectors.claims import organisations_for
from lms.credits.selectors.returns import own_return, return_visible_to, returns_of
from lms.credits.selectors.rules import table_for
from lms.credits.services.papers import order_for
from lms.credits.services.returns import ReturnSettled, begin_return, hand_in_return, refill_return, write_return
from lms.kernel.beijing import BEIJING
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .papers import _person, ask

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.credits.models import AnnualReturn


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """One's own returns, and beginning that of another year."""
    person = _person(request)
    form = _begin_form(request, person)
    if request.method == "POST" and form.is_valid():
        organisation = organisations_for(person).get(code=form.cleaned_data["organisation"])
        try:
            begun = begin_return(person=person, organisation=organisation, year=form.cleaned_data["year"], now=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("credits:return", uid=begun.uid)
    context = {
        "returns": returns_of(request.user),
        "form": form,
        "may_begin": bool(form.fields["organisation"].choices),  # type: ignore[attr-defined]
    }
    return render(request, "credits/returns/mine.html", context, status=400 if form.errors else 200)


def _begin_form(request: HttpRequest, person: "Person") -> BeginReturnForm:
    today = now().astimezone(BEIJING).date()
    first = table_for(organisation_id=None, on=today).no_earlier_than.year
    years = range(today.year, first - 1, -1)
    return BeginReturnForm(request.POST or None, years=years, organisations=list(organisations_for(person)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own return: complete it, take the figures anew, hand it in; afterwards, read and print it."""
    found = own_return(request.user, uid)
    if found is None:
        raise Http404
    if request.method == "POST" and "print" in request.POST:
        return _print(request, found)
    if request.method == "POST":
        return _write(request, found)
    return _page(request, found)


def _page(
    request: HttpRequest, found: "AnnualReturn", form: ReturnForm | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"annual": found, "data": found.data, "own": True}
    if found.state == ReturnState.DRAFT:
        initial = initial_of(found.data, found.revision)
        context["form"] = form or ReturnForm(initial=initial, data_of=found.data)
    return render(request, "credits/returns/one.html", context, status=status)


def _print(request: HttpRequest, found: "AnnualReturn") -> HttpResponse:
    language = get_language() or "zh-hans"
    order = order_for(person=found.person, kind=PaperKind.ANNUAL_RETURN, language=language, now=now(), of=found)
    return ask(request, order)


def _write(request: HttpRequest, found: "AnnualReturn") -> HttpResponse:
    form = ReturnForm(request.POST, data_of=found.data)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    try:
        _carry_out(request, found, form)
    except ReturnSettled as refusal:
        messages.error(request, str(refusal))
    except Refusal as refusal:
        fresh = own_return(request.user, found.uid) or found
        form.add_error(None, str(refusal))
        form.data = {**request.POST.dict(), "revision": fresh.revision}
        return _page(request, fresh, form, status=refusal.status)
    return redirect("credits:return", uid=found.uid)


def _carry_out(request: HttpRequest, found: "AnnualReturn", form: ReturnForm) -> None:
    revision, moment = form.cleaned_data["revision"], now()
    if "hand_in" in request.POST and found.state == ReturnState.SUBMITTED:
        hand_in_return(annual=found, revision=revision + 1, actor=f"user:{request.user.pk}", now=moment)
        return
    written = write_return(annual=found, said=form.said, revision=revision, now=moment)
    if "refill" in request.POST:
        refill_return(annual=written, revision=written.revision, now=moment)
        messages.success(request, _("The figures are those of the ledger as it stands now."))
    elif "hand_in" in request.POST:
        hand_in_return(annual=written, revision=written.revision, actor=f"user:{request.user.pk}", now=moment)
        messages.success(request, _("Handed in. The return stays as it is from now on."))
    else:
        messages.success(request, _("Saved. Nobody else reads the return before you hand it in."))


@login_required
@require_safe
def workbook(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A return for a spreadsheet: one's own, or one that was handed in where one works."""
    found = return_visible_to(request.user, uid)
    if found is None:
        raise Http404
    response = HttpResponse(return_workbook([found]), content_type=MEDIA_TYPE)
    name = f"return-{found.year}-{found.uid.hex[:8]}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
