"""One's own field practice: the list, a new record, and one record with its files."""

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

from courses.enums import EDITABLE_STATES, PracticeState
from courses.forms.practice import BeginForm, PracticeForm
from courses.models import PracticeRecord
from courses.selectors.practice import bases_for_practice, claim_on, practice_of, practice_visible_to, said_in
from courses.services.claiming import RULE_OF, claim_for_practice
from courses.services.practice import (
    add_evidence,
    begin_practice,
    discard_practice,
    hand_in_practice,
    remove_evidence,
    write_practice,
)
from lms.accounts.selectors.people import person_of
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal

from .uploads import takes_papers

if TYPE_CHECKING:
    from lms.accounts.models import Person, User

PER_PAGE = 20


def _person(request: HttpRequest) -> "Person":
    person = person_of(request.user)
    if person is None:
        raise PermissionDenied
    return person


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own records and where each stands."""
    person = _person(request)
    page = Paginator(practice_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_begin": bases_for_practice(person.pk).exists()}
    return render(request, "courses/my_practice.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a kind and begin a draft; the rest is asked on its own page."""
    person = _person(request)
    form = BeginForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            record = begin_practice(person=person, now=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("courses:my-practice-record", uid=record.uid)
    context = {"form": form, "may_begin": form.fields["organisation"].queryset.exists()}  # type: ignore[attr-defined]
    return render(request, "courses/practice_new.html", context, status=400 if form.errors else 200)


@takes_papers
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own record: write it, prove it, hand it in; afterwards, what was decided and why."""
    found = practice_visible_to(request.user, uid)
    if found is None or found.person.user_id != request.user.pk:
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    if "remove" in request.POST:
        return _act(request, found, lambda: _remove(found, request.POST["remove"]))
    if "discard" in request.POST:
        return _discard(request, found)
    if "claim" in request.POST:
        return _claim(request, found)
    if found.state not in EDITABLE_STATES:
        messages.error(request, _("This record can no longer be changed: %s.") % found.get_state_display())
        return redirect("courses:my-practice-record", uid=uid)
    return _write(request, found)


def _page(
    request: HttpRequest, found: PracticeRecord, form: PracticeForm | None = None, *, status: int = 200
) -> HttpResponse:
    reason = "".join(event.reason for event in list(found.events.all())[-1:])
    context: dict[str, Any] = {"record": found, "said": said_in(found), "reason": reason}
    if found.state == PracticeState.CONFIRMED and found.kind in RULE_OF:
        context |= {"may_claim": True, "claim": claim_on(found)}
    if found.state in EDITABLE_STATES:
        context["form"] = form or PracticeForm(initial=_initial(found), record=found)
    return render(request, "courses/my_practice_record.html", context, status=status)


def _initial(found: PracticeRecord) -> dict[str, Any]:
    return {**found.fields, "title": found.title, "occurred_on": found.occurred_on}


def _write(request: HttpRequest, found: PracticeRecord) -> HttpResponse:
    """Save what is good, the files first; hand in when asked and nothing is missing."""
    hand_in = "hand_in" in request.POST
    form = PracticeForm(request.POST, request.FILES, record=found, complete=hand_in)
    valid, status = form.is_valid(), 400
    try:
        add_evidence(record=found, papers=form.papers, now=now())
        if valid:
            _save(request, found, form, hand_in=hand_in)
            return redirect("courses:my-practice-record", uid=found.uid)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        status = refusal.status
    fresh = practice_visible_to(request.user, found.uid)
    return _page(request, fresh or found, form, status=status)


def _save(request: HttpRequest, found: PracticeRecord, form: PracticeForm, *, hand_in: bool) -> None:
    title, occurred_on = form.cleaned_data["title"], form.cleaned_data["occurred_on"]
    write_practice(record=found, title=title, occurred_on=occurred_on, fields=form.said, now=now())
    if hand_in:
        hand_in_practice(record=found, actor=f"user:{request.user.pk}", now=now())
        messages.success(request, _("Handed in. You are told what the training base decides."))
    else:
        messages.success(request, _("Saved. Nobody else sees the record before you hand it in."))


def _remove(found: PracticeRecord, number: str) -> None:
    evidence = next((each for each in found.evidence.all() if str(each.uid) == number), None)
    if evidence is None:
        raise Http404
    remove_evidence(record=found, evidence=evidence)


def _act(request: HttpRequest, found: PracticeRecord, act: Any) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("courses:my-practice-record", uid=found.uid)


def _discard(request: HttpRequest, found: PracticeRecord) -> HttpResponse:
    try:
        discard_practice(record=found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:my-practice-record", uid=found.uid)
    messages.success(request, _("The draft is gone, and its files are shredded."))
    return redirect("courses:my-practice")


def _claim(request: HttpRequest, found: PracticeRecord) -> HttpResponse:
    """Begin a credit claim from the record, or open the one that is there."""
    try:
        claim = claim_for_practice(record=found, user=cast("User", request.user), now=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("courses:my-practice-record", uid=found.uid)
    return redirect("credits:claim", uid=claim.uid)
