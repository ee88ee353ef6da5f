"""Setting scenarios to classes: the list, a new one, and the page of one with its trace."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.beijing import BEIJING
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from simulations.enums import Difficulty
from simulations.models import Assignment, AssignmentEvent
from simulations.selectors.assignments import assignments_run_by, ends_at, is_open
from simulations.selectors.reviews import names_of
from simulations.services import assigning

from .finding import assignment_or_404, desk_or_403, signed_in, tabs
from .forms import AssignForm, ChangeForm, ReasonForm

PER_PAGE = 30


def stage_of(assignment: Assignment) -> str:
    """coming, open or over."""
    if is_open(assignment, now()):
        return "open"
    return "coming" if now() < assignment.opens_at and assignment.closed_at is None else "over"


@never_cache
@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """What is set to which class, the latest first."""
    desk_or_403(request)
    page = Paginator(assignments_run_by(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "simulations:desk"),
        "page": page,
        "rows": [{"assignment": each, "stage": stage_of(each), "ends_at": ends_at(each)} for each in page],
    }
    return render(request, "simulations/desk/assigned.html", context)


def refused(form: Form, act: Callable[[], object]) -> bool:
    """Carry out `act`; a refusal goes to the field it is about, or to the form as a whole."""
    try:
        act()
    except Refusal as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, str(refusal))
        return True
    return False


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assign(request: HttpRequest) -> HttpResponse:
    """Set a scenario to a cohort."""
    desk_or_403(request)
    user = signed_in(request)
    form = AssignForm(request.POST if request.method == "POST" else None, user=user)
    made: list[Assignment] = []
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        version = given.pop("scenario")

        def act() -> None:
            made.append(assigning.assign(version=version, set_by=user, now=now(), **given))

        if not refused(form, act):
            messages.success(request, _("The scenario is set. Everybody in the class has been told."))
            return redirect("simulations:desk-assignment", made[0].uid)
    context = {"tabs": tabs(request, "simulations:desk"), "form": form}
    return render(request, "simulations/desk/assign.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assignment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One assignment: where the class stands, its terms, and every change."""
    found = assignment_or_404(request, uid)
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=_terms(found))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        reason, user = given.pop("reason"), signed_in(request)
        if not refused(
            form,
            lambda: assigning.change(assignment=found, wanted=given, reason=reason, changed_by=user, now=now()),
        ):
            messages.success(request, _("Changed. The change stays on record."))
            return redirect("simulations:desk-assignment", uid)
    return render(
        request, "simulations/desk/assignment.html", _page(request, found, form), status=400 if form.errors else 200
    )


def _terms(found: Assignment) -> dict[str, Any]:
    return {name: getattr(found, name) for name in assigning.CHANGEABLE}


def _page(request: HttpRequest, found: Assignment, form: Form) -> dict[str, Any]:
    events = list(found.events.all())
    names = names_of([event.by for event in events])
    return {
        "tabs": tabs(request, "simulations:desk"),
        "assignment": found,
        "stage": stage_of(found),
        "ends_at": ends_at(found),
        "form": form,
        "close_form": ReasonForm(prefix="close"),
        "events": [{"event": each, "by": names.get(each.by, ""), "lines": list(_told(each))} for each in events],
    }


@require_POST
@login_required
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close an assignment before its time."""
    found = assignment_or_404(request, uid)
    form = ReasonForm(request.POST, prefix="close")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        assigning.close(assignment=found, reason=reason, closed_by=signed_in(request), now=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Closed. Attempts in progress are closed as they stand within a minute."))
    return redirect("simulations:desk-assignment", uid)


def _told(event: AssignmentEvent) -> Iterable[tuple[str, str, str]]:
    """The changes of an event in words: what, before, after."""
    names = {
        "opens_at": _("Opens"),
        "closes_at": _("Closes"),
        "closed_at": _("Closed early"),
        "attempts_allowed": _("Attempts of each person"),
        "minutes_each": _("Minutes for one attempt"),
        "difficulty": pgettext("simulation", "Difficulty"),
        "note": _("Note for the class"),
    }
    for name, (before, after) in event.changes.items():
        yield names[name], _said(name, before), _said(name, after)


def _said(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name.endswith("_at"):
        moment = parse_datetime(value)
        return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}" if moment else ""
    return str(Difficulty(value).label) if name == "difficulty" else str(value)
