"""The deal room: one page, and one address to which every act in it is sent."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from simulations.enums import AttemptState
from simulations.forms import CommandForm
from simulations.models import Attempt
from simulations.policies import can_play
from simulations.selectors.attempts import attempt_visible
from simulations.selectors.history import state_of
from simulations.selectors.scenarios import budget_unit, scenario_of
from simulations.selectors.tables import table_view
from simulations.services.commands import CommandOutcome, carry_out

from . import books
from .paper import paper
from .sides import seats

# Where on the page the reader's eye is after an act.
_ANCHORS = {"propose": "offers", "assess": "stage", "draft": "stage", "advance": "stage", "read": "document"}


def _attempt(request: HttpRequest, uid: UUID) -> Attempt:
    attempt = attempt_visible(request.user, uid)
    if attempt is None:
        raise Http404
    return attempt


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The table as it stands, and the address of every act; an attempt that has ended shows its debrief."""
    attempt = _attempt(request, uid)
    if request.method == "POST":
        return _act(request, attempt)
    if attempt.state == AttemptState.ENDED:
        return redirect("simulations:debrief", uid=uid)
    view = table_view(attempt, state_of(attempt))
    return render(request, "simulations/room.html", _context(request, attempt, view))


def _context(request: HttpRequest, attempt: Attempt, view: dict[str, Any]) -> dict[str, Any]:
    who = seats(view)
    unit = budget_unit(scenario_of(attempt))
    stage = next(each for each in view["stages"] if each["state"] == "now")
    reading = request.GET.get("doc")
    return {
        "attempt": attempt,
        "view": view,
        "seats": who,
        "unit": unit,
        "stage": stage,
        "is_last_stage": stage["number"] == len(view["stages"]),
        "paper": paper(view, who),
        "clues": books.clues(view, who),
        "rounds": books.rounds(view, who),
        "unread": [each for each in view["documents"] if not each["read"]],
        "acts": books.acts(view, unit, stage=view["stage"]),
        "acts_left": books.acts(view, unit, stage=None),
        "judgements": [each for each in view["assessments"] if each["stage"] == view["stage"]],
        "drafts": [each for each in view["drafts"] if each["stage"] == view["stage"]],
        "deal": books.agreed(view),
        "reading": next((each for each in view["documents"] if each["id"] == reading and each["read"]), None),
        "may_play": can_play(request.user, attempt),
    }


def _act(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """One act: a plain form, one call, and back to the room with what it brought."""
    if not can_play(request.user, attempt):
        raise PermissionDenied
    form = CommandForm(request.POST, issues=scenario_of(attempt).issues)
    if not form.is_valid():
        messages.error(request, _("This form was not whole. Nothing was done; reload the page and try again."))
        return redirect("simulations:room", uid=attempt.uid)
    command = form.command()
    try:
        outcome = carry_out(attempt=attempt, request_id=form.cleaned_data["request_id"], command=command, now=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, attempt, outcome)
    return _back(attempt.uid, command)


def _tell(request: HttpRequest, attempt: Attempt, outcome: CommandOutcome) -> None:
    """Say once, above the table, what the act brought about."""
    new = {event.seq for event in outcome.events}
    lines = [line for line in table_view(attempt, outcome.state)["timeline"] if line["event"] in new]
    for line in lines:
        level = messages.WARNING if line["type"] in ("trap-sprung.1", "question-evaded.1") else messages.INFO
        messages.add_message(request, level, line["text"])


def _back(uid: UUID, command: dict[str, Any]) -> HttpResponseRedirect:
    address = reverse("simulations:room", kwargs={"uid": uid})
    if command["type"] == "read":
        address += "?" + urlencode({"doc": command["document"]})
    anchor = _ANCHORS.get(command["type"], "main")
    return HttpResponseRedirect(f"{address}#{anchor}")
