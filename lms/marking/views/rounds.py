"""A round before its lead: its rules, its markers, its scripts."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from lms.marking.enums import ScriptState
from lms.marking.forms import MarkerForm, RulesForm
from lms.marking.models import MarkingRound
from lms.marking.selectors.rounds import progress_of, rounds_led_by, staff_of
from lms.marking.selectors.scripts import scripts_of
from lms.marking.services import rounds

if TYPE_CHECKING:
    from lms.accounts.models import User

PER_PAGE = 20
Act = Callable[[HttpRequest, MarkingRound], str]


class Unclear(Exception):
    """A form that has to be shown again, with what it says about itself."""

    def __init__(self, **forms: Any) -> None:
        self.forms = forms
        super().__init__()


def round_led_by(request: HttpRequest, uid: UUID) -> MarkingRound:
    """A round that the visitor leads; whoever does not is told that there is none."""
    found = rounds_led_by(request.user).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)


def _declare(request: HttpRequest, found: MarkingRound) -> str:
    form = RulesForm(request.POST, round=found, fixed=found.scripts.exists())
    if not form.is_valid():
        raise Unclear(rules=form)
    rounds.declare(round=found, actor=_user(request), now=now(), **form.cleaned_data)
    return _("The rules of the round are kept.")


def _add(request: HttpRequest, found: MarkingRound) -> str:
    form = MarkerForm(request.POST, people=staff_of(found, now()).others)
    if not form.is_valid():
        raise Unclear(adding=form)
    rounds.add_marker(
        round=found,
        user=form.chosen,
        weight=form.cleaned_data["weight"],
        actor=_user(request),
        now=now(),
    )
    return _("%(name)s marks in this round from now on.") % {"name": form.chosen.get_full_name()}


def _remove(request: HttpRequest, found: MarkingRound) -> str:
    number = request.POST.get("user", "")
    here = found.markers.filter(left_at__isnull=True)
    marker = here.filter(user=int(number[:18])).first() if number.isascii() and number.isdigit() else None
    if marker is None:
        raise Http404
    moved = rounds.remove_marker(round=found, user=marker.user, actor=_user(request), now=now())
    return ngettext(
        "Taken out of the round. %(moved)s open script went to somebody else.",
        "Taken out of the round. %(moved)s open scripts went to somebody else.",
        moved,
    ) % {"moved": moved}


def _close(request: HttpRequest, found: MarkingRound) -> str:
    rounds.close_round(round=found, actor=_user(request), now=now())
    return _("The round is closed.")


ACTS: dict[str, Act] = {"declare": _declare, "add": _add, "remove": _remove, "close": _close}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The round as it stands, and what its lead does with it."""
    found = round_led_by(request, uid)
    if request.method != "POST":
        return _show(request, found)
    act = ACTS.get(request.POST.get("action", ""))
    if act is None:
        return HttpResponseBadRequest()
    try:
        said = act(request, found)
    except Unclear as unclear:
        return _show(request, found, status=400, **unclear.forms)
    except Refusal as refusal:
        return _show(request, found, refusal=refusal, status=refusal.status)
    messages.success(request, said)
    return redirect("marking:round", uid)


def _show(
    request: HttpRequest,
    found: MarkingRound,
    *,
    rules: RulesForm | None = None,
    adding: MarkerForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    progress = progress_of(found)[found.pk]
    staff = staff_of(found, now())
    state = request.GET.get("state", "")
    state = state if state in ScriptState.values else ""
    page = Paginator(scripts_of(found, state), PER_PAGE).get_page(request.GET.get("page"))
    fixed = bool(progress.scripts)
    context = {
        "round": found,
        "progress": progress,
        "figures": _figures(found, progress),
        "markers": staff.rows,
        "page": page,
        "query": urlencode({"state": state}) if state else "",
        "fields": _filters(state),
        "fixed": fixed,
        "rules": rules or RulesForm(round=found, fixed=fixed),
        "adding": adding or MarkerForm(people=staff.others),
        "refusal": refusal,
        "now": now(),
    }
    return render(request, "marking/round.html", context, status=status)


def _figures(found: MarkingRound, progress: Any) -> list[dict[str, Any]]:
    return [
        {"label": _("Scripts"), "value": progress.scripts},
        {"label": _("Settled"), "value": progress.settled},
        {"label": _("With a third marker"), "value": progress.with_third},
        {
            "label": _("Need you"),
            "value": progress.for_lead,
            "note": _("too far apart, or nobody left to mark") if progress.for_lead else "",
        },
    ]


def _filters(state: str) -> list[dict[str, Any]]:
    options = [{"value": "", "label": _("every state")}]
    options += [{"value": each.value, "label": str(each.label)} for each in ScriptState]
    return [{"name": "state", "label": _("State"), "kind": "select", "value": state, "options": options}]
