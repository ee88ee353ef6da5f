"""What a base offers: its list, and one offering with the people in it."""

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

from courses.forms.offerings import OfferingForm
from courses.models import Offering
from courses.policies import manages_a_base
from courses.selectors.offerings import cohorts_to_offer, courses_to_offer, offerings_managed_by, people_in
from courses.services.offering import (
    FIELDS,
    change_offering,
    close_offering,
    create_offering,
    open_offering,
    prefilled,
)
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

if TYPE_CHECKING:
    from lms.accounts.models import User

PER_PAGE = 30
PEOPLE = 50


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)


@login_required
@require_safe
def offerings(request: HttpRequest) -> HttpResponse:
    """Every offering of the bases of the reader, with places and waiting applications."""
    if not manages_a_base(request.user):
        raise PermissionDenied
    page = Paginator(offerings_managed_by(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "courses/offerings.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_offering(request: HttpRequest) -> HttpResponse:
    """Plan an offering; choosing a cohort fills in what the cohort says already."""
    if not manages_a_base(request.user):
        raise PermissionDenied
    form = OfferingForm(request.POST or None, user=request.user, initial=_first_words(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = create_offering(created_by=_user(request), now=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The offering is planned. Nobody sees it before you open it."))
            return redirect("courses:offering", uid=made.uid)
    cohorts = list(cohorts_to_offer(request.user)[:100])
    context = {"form": form, "cohorts": cohorts, "cohort": request.GET.get("cohort", "")}
    return render(request, "courses/offering_new.html", context, status=400 if form.errors else 200)


def _first_words(request: HttpRequest) -> dict[str, Any]:
    """What an empty form begins with: the course, and what a chosen cohort says already."""
    courses = courses_to_offer(request.user)
    asked = request.GET.get("cohort", "")
    cohort = cohorts_to_offer(request.user).filter(pk=asked).first() if asked.isdecimal() else None
    if cohort is None:
        only = list(courses[:2])
        return {"course": only[0]} if len(only) == 1 else {}
    course = courses.filter(organisation=cohort.organisation, level=cohort.level).first()
    return {**prefilled(cohort), "course": course}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offering(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One offering: change it, open it, close it, and see who has a place."""
    chosen = offerings_managed_by(request.user).filter(uid=uid).first()
    if chosen is None:
        raise Http404
    action = request.POST.get("action", "")
    if request.method != "POST":
        return _detail(request, chosen, OfferingForm(user=request.user, initial=_words_of(chosen)))
    if action in ("open", "close"):
        return _move(request, chosen, action)
    if action != "change":
        return HttpResponseBadRequest()
    form = OfferingForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            change_offering(offering=chosen, changed_by=_user(request), now=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("courses:offering", uid=uid)
    return _detail(request, chosen, form, status=400)


def _words_of(offering: Offering) -> dict[str, Any]:
    return {"course": offering.course, **{name: getattr(offering, name) for name in FIELDS}}


def _move(request: HttpRequest, chosen: Offering, action: str) -> HttpResponse:
    try:
        if action == "open":
            open_offering(offering=chosen, opened_by=_user(request), now=now())
            messages.success(request, _("The offering is open. It stands in the catalogue."))
        else:
            close_offering(offering=chosen, closed_by=_user(request), now=now())
            messages.success(request, _("The offering is closed. Whoever has a place studies on."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("courses:offering", uid=chosen.uid)


def _detail(request: HttpRequest, chosen: Offering, form: OfferingForm, *, status: int = 200) -> HttpResponse:
    people = Paginator(people_in(chosen), PEOPLE).get_page(request.GET.get("page"))
    context = {"offering": chosen, "form": form, "people": people, "taken": people.paginator.count}
    return render(request, "courses/offering.html", context, status=status)
