"""The deal room: one page, and one address to which every act in it is sent."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from simulations.enums import AttemptState
from simulations.forms import CommandForm
from simulations.models import Attempt
from simulations.policies import can_play
from simulations.selectors.attempts import attempt_visible
from simulations.selectors.history import state_of
from simulations.selectors.scenarios import budget_unit, scenario_of
from simulations.selectors.tables import happenings, table_view
from simulations.services.commands import carry_out

from . import books, happened, notebook
from .ownside import own_side
from .paper import paper
from .sides import faces_of, seats

# What of a command tells which form it was sent from.
_SUBJECTS = ("action", "document", "assessment", "draft", "paper")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an act was refused, and at which form of the page it is said."""

    key: str
    sentence: str


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
    return _page(request, attempt)


@login_required
@never_cache
@require_GET
def document(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """One paper of the case on a page of its own, to read and to print; only once it has been opened."""
    attempt = _attempt(request, uid)
    view = table_view(attempt, state_of(attempt))
    laid = next((each for each in view["documents"] if each["id"] == name and each["read"]), None)
    if laid is None:
        raise Http404
    context = {"attempt": attempt, "view": view, "document": laid, "ended": attempt.state == AttemptState.ENDED}
    return render(request, "simulations/document.html", context)


def _page(request: HttpRequest, attempt: Attempt, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    state = state_of(attempt)
    view = table_view(attempt, state)
    unit = budget_unit(scenario_of(attempt))
    course = happened.course(happenings(view, state), view, unit)
    context = {**_context(request, attempt, view, unit), "course": course, "refused": refused}
    return render(request, "simulations/room.html", context, status=status)


def _context(request: HttpRequest, attempt: Attempt, view: dict[str, Any], unit: str) -> dict[str, Any]:
    who = seats(view, faces_of(scenario_of(attempt)))
    stage = next(each for each in view["stages"] if each["state"] == "now")
    laid = paper(view, who, take=request.GET.get("take", ""))
    return {
        "attempt": attempt,
        "view": view,
        "seats": who,
        "unit": unit,
        "stage": stage,
        "is_last_stage": stage["number"] == len(view["stages"]),
        "paper": laid,
        "own": own_side(view),
        "notes": notebook.notes(view, who, request.GET),
        "rounds": books.rounds(view, who),
        "unread": [each for each in view["documents"] if not each["read"]],
        "cards": books.cards(view, unit),
        "acts": books.acts(view, unit, stage=view["stage"]),
        "acts_left": books.acts(view, unit, stage=None),
        "judgements": [each for each in view["assessments"] if each["stage"] == view["stage"]],
        "drafts": [each for each in view["drafts"] if each["stage"] == view["stage"]],
        "writings": [each for each in view["papers"] if each["stage"] == view["stage"]],
        "deal": books.agreed(view),
        "may_play": can_play(request.user, attempt),
        "speaks_chinese_only": books.speaks_chinese_only(view),
    }


def _act(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """One act: a plain form, one call, and back to the place it was sent from."""
    if not can_play(request.user, attempt):
        raise PermissionDenied
    form = CommandForm(request.POST, issues=scenario_of(attempt).issues)
    if not form.is_valid():
        sentence = _("This form was not whole. Nothing was done; reload the page and try again.")
        return _page(request, attempt, Refused("", sentence), status=400)
    command = form.command()
    try:
        carry_out(attempt=attempt, request_id=form.cleaned_data["request_id"], command=command, now=now())
    except Refusal as refusal:
        if attempt.state == AttemptState.ENDED:
            return redirect("simulations:debrief", uid=attempt.uid)
        return _page(request, attempt, Refused(key_of(command), str(refusal)), status=refusal.status)
    return _onward(attempt.uid, command)


def key_of(command: dict[str, Any]) -> str:
    """The name of the form that a command comes from, the same as the page gives it."""
    subject = next((command[name] for name in _SUBJECTS if name in command), "")
    kind = "act" if command["type"] in ("ask", "procedure") else command["type"]
    return f"{kind}-{subject}" if subject else str(kind)


def _onward(uid: UUID, command: dict[str, Any]) -> HttpResponseRedirect:
    """A paper that was opened is shown; the way on begins at the new stage; all else stays where it was."""
    if command["type"] == "read":
        return redirect("simulations:document", uid=uid, name=command["document"])
    address = reverse("simulations:room", kwargs={"uid": uid})
    anchor = {"advance": "stage", "propose": "offers"}.get(command["type"])
    return HttpResponseRedirect(f"{address}#{anchor or 'at-' + key_of(command)}")


def take_address(round_number: int, party: str) -> str:
    """Where a counter-package is laid on the paper, for those without script."""
    return "?" + urlencode({"take": f"{round_number}-{party}"}) + "#paper-form"
