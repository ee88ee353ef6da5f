"""One script before its marker: what was written on the left, the rubric on the right."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from lms.marking.enums import RoundState
from lms.marking.forms import DeclineForm, MarkForm
from lms.marking.models import Allocation
from lms.marking.selectors.queue import place_of, to_mark
from lms.marking.selectors.scripts import criteria_views
from lms.marking.services.marking import decline, put_mark


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def script(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Read and mark; saving opens the next script that is open."""
    found = to_mark(request.user, uid).first()
    if found is None:
        raise Http404
    act = request.POST.get("action", "") if request.method == "POST" else ""
    if act == "decline":
        return _decline(request, found)
    if act == "save":
        return _save(request, found)
    return HttpResponseBadRequest() if request.method == "POST" else _show(request, found)


def _asks_for_data(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _save(request: HttpRequest, found: Any) -> HttpResponse:
    form = MarkForm(request.POST, criteria=found.script.rubric_version.criteria)
    if not form.is_valid():
        return _refused(request, found, form, " ".join(str(e) for es in form.errors.values() for e in es), 400)
    try:
        put_mark(
            allocation=found,
            criteria=form.levels,
            comment=form.cleaned_data["comment"],
            seen=form.cleaned_data["seen"],
            now=now(),
        )
    except Refusal as refusal:
        return _refused(request, found, form, str(refusal), refusal.status)
    messages.success(request, _("Marks of script %(code)s saved.") % {"code": found.script.code})
    onward = _onward(found)
    return JsonResponse({"next": onward}) if _asks_for_data(request) else redirect(onward)


def _onward(found: Allocation) -> str:
    """The next open script of the round, or the list when none is left."""
    place = place_of(found)
    return reverse("marking:script", args=[place.next_uid]) if place.next_uid else reverse("marking:home")


def _refused(request: HttpRequest, found: Any, form: MarkForm, words: str, status: int) -> HttpResponse:
    """Why nothing was saved; everything that was chosen and typed stays on the page."""
    if _asks_for_data(request):
        newest = to_mark(request.user, found.uid).values_list("seq", flat=True).first()
        return JsonResponse({"detail": words, "seen": newest or 0}, status=status)
    fresh = to_mark(request.user, found.uid).first()
    if fresh is None:
        raise Http404
    return _show(request, fresh, form=form, refusal=words, status=status)


def _decline(request: HttpRequest, found: Any) -> HttpResponse:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, found, declining=form, status=400)
    place = place_of(found)
    try:
        decline(allocation=found, reason=form.cleaned_data["reason"], now=now())
    except Refusal as refusal:
        return _show(request, found, declining=form, refusal=str(refusal), status=refusal.status)
    messages.success(
        request, _("Script %(code)s was given back. It goes to somebody else.") % {"code": found.script.code}
    )
    # Another script of the same person may have gone with it, so that the list says what comes next.
    still = to_mark(request.user, place.next_uid).exists() if place.next_uid else False
    return redirect("marking:script", place.next_uid) if still else redirect("marking:home")


def _show(
    request: HttpRequest,
    found: Any,
    *,
    form: MarkForm | None = None,
    declining: DeclineForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    version = found.script.rubric_version
    seq = found.seq or 0
    shown = form or MarkForm(initial={"comment": found.comment or "", "seen": seq}, criteria=version.criteria)
    chosen = form.levels if form else cast("dict[str, str]", found.chosen or {})
    context = {
        "allocation": found,
        "script": found.script,
        "round": found.script.round,
        "rubric": version,
        "criteria": criteria_views(version.criteria, chosen),
        "seen": seq,
        "form": shown,
        "declining": declining or DeclineForm(),
        "place": place_of(found),
        "refusal": refusal,
        "is_sealed": hasattr(found.script, "seal"),
        "is_closed": found.script.round.state == RoundState.CLOSED,
    }
    return render(request, "marking/script.html", context, status=status)
