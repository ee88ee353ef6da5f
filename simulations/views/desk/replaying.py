"""The replay: an attempt moment by moment, with the table as it stood, and remarks that the trainee reads."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from simulations.models import Attempt
from simulations.selectors.queues import flagged
from simulations.selectors.replaying import Replay, replay_at
from simulations.selectors.reviews import comment_visible, comments_on, names_of, overrides_of, runs_of
from simulations.selectors.scenarios import budget_unit, scenario_of
from simulations.services import reviewing
from simulations.views.words import MOODS, SILENT, term

from .assigning import refused
from .finding import attempt_or_404, signed_in, tabs
from .forms import CommentForm


@dataclass(frozen=True, slots=True)
class Person:
    """One side at a moment: its trust, and how it took the last offer."""

    name: str
    person: str
    trust: int
    mood: Any
    said: str


def _number(request: HttpRequest) -> int | None:
    given = request.GET.get("at", "")
    return int(given) if given.isdecimal() and len(given) < 6 else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def replay(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One moment of an attempt; a post says something about it."""
    attempt = attempt_or_404(request, uid)
    comments = comments_on(attempt)
    told = replay_at(attempt, _number(request), comments)
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"at": told.here.event})
    if request.method == "POST" and form.is_valid():
        given, user = form.cleaned_data, signed_in(request)
        if not refused(
            form,
            lambda: reviewing.comment(attempt=attempt, event_seq=given["at"], text=given["text"], by=user, now=now()),
        ):
            messages.success(request, _("Said. The trainee has been told and reads it in the debrief."))
            return _back(uid, told.here.number)
    context = _context(request, attempt, told) | {"form": form}
    return render(request, "simulations/desk/replay.html", context, status=400 if form.errors else 200)


def _back(uid: UUID, number: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('simulations:desk-replay', args=[uid])}?at={number}#moment")


def _context(request: HttpRequest, attempt: Attempt, told: Replay) -> dict[str, Any]:
    seen = told.seen
    said = [each for moment in told.moments for each in moment.comments]
    runs = runs_of(attempt)
    names = names_of([each.by for each in said])
    return {
        "tabs": tabs(request, "simulations:desk-queue"),
        "attempt": attempt,
        "told": told,
        "seen": seen,
        "unit": budget_unit(scenario_of(attempt)),
        "people": _people(seen),
        "offer": _last_offer(seen),
        "facts": list(reversed(seen["facts"])),
        "new_facts": {fact["id"] for fact in seen["facts"] if fact.get("event") == told.here.event},
        "run": runs[-1] if runs else None,
        "runs": runs,
        "overrides": list(overrides_of(attempt)),
        "flags": flagged(request.user, attempt.uid),
        "names": names,
        "said": [{"comment": each, "by": names.get(each.by, "")} for each in told.here.comments],
        "own": f"user:{signed_in(request).pk}",
        "count": len(told.moments),
        "remarks": len(said),
    }


def _people(seen: dict[str, Any]) -> list[Person]:
    return [
        Person(each["name"], each["person"], each["trust"], MOODS.get(each["mood"], SILENT), each["said"] or "")
        for each in seen["parties"]
        if each["at_table"] or each["mood"]
    ]


def _last_offer(seen: dict[str, Any]) -> dict[str, Any] | None:
    """The last round in words: its packages and what came back."""
    if not seen["offers"]:
        return None
    offer, names = seen["offers"][-1], {each["id"]: each["name"] for each in seen["parties"]}
    return {
        "round": offer["round"],
        "packages": [
            [(issue["text"], term(issue, package[issue["id"]])) for issue in seen["issues"]]
            for package in offer["packages"]
        ],
        "replies": [(names[each["party"]], MOODS[each["mood"]], each["said"]) for each in offer["replies"]],
    }


@require_POST
@login_required
def take_back(request: HttpRequest, uid: UUID, comment: UUID) -> HttpResponse:
    """Take a remark of one's own back."""
    attempt = attempt_or_404(request, uid)
    found = comment_visible(attempt, comment)
    if found is None:
        raise Http404
    try:
        reviewing.take_back(comment=found, by=signed_in(request), now=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. Nobody reads it any more."))
    return redirect("simulations:desk-replay", uid)
