"""Ended attempts that wait for somebody's eye."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from simulations.enums import Flag
from simulations.selectors.queues import Asked, flags_of, queue, scenarios_reviewed_by
from simulations.selectors.scenarios import engine_language

from .finding import desk_or_403, tabs

PER_PAGE = 50


def _asked(request: HttpRequest) -> Asked:
    try:
        assignment = UUID(request.GET.get("assignment", ""))
    except ValueError:
        assignment = None
    return Asked(
        flag=request.GET.get("flag", ""),
        scenario=request.GET.get("scenario", "")[:60],
        kind=request.GET.get("kind", ""),
        words=request.GET.get("q", "")[:100],
        assignment=assignment,
    )


@never_cache
@require_safe
@login_required
def attempts(request: HttpRequest) -> HttpResponse:
    """Every ended attempt at one's bases, with what makes it worth a second look."""
    desk_or_403(request)
    asked = _asked(request)
    page = Paginator(queue(request.user, asked), PER_PAGE).get_page(request.GET.get("page"))
    kept = {"flag": asked.flag, "scenario": asked.scenario, "kind": asked.kind, "q": asked.words}
    if asked.assignment:
        kept["assignment"] = str(asked.assignment)
    context = {
        "tabs": tabs(request, "simulations:desk-queue"),
        "page": page,
        "rows": [{"attempt": each, "flags": flags_of(each)} for each in page],
        "fields": _fields(request, asked),
        "kept": [{"name": "assignment", "value": kept["assignment"]}] if asked.assignment else [],
        "query": urlencode({name: value for name, value in kept.items() if value}),
    }
    return render(request, "simulations/desk/queue.html", context)


def _fields(request: HttpRequest, asked: Asked) -> list[dict[str, Any]]:
    every = [{"value": "", "label": _("All")}]
    flags = [{"value": "any", "label": _("Any flag")}, *({"value": f.value, "label": f.label} for f in Flag)]
    chinese = engine_language() == "zh"
    cases = [{"value": code, "label": zh if chinese else en} for code, zh, en in scenarios_reviewed_by(request.user)]
    kinds = [
        {"value": "counted", "label": pgettext("simulation", "Counted")},
        {"value": "practice", "label": pgettext("simulation", "Practice")},
    ]
    return [
        {"name": "flag", "label": _("Flags"), "kind": "select", "value": asked.flag, "options": every + flags},
        {
            "name": "scenario",
            "label": pgettext("column", "Scenario"),
            "kind": "select",
            "value": asked.scenario,
            "options": every + cases,
        },
        {
            "name": "kind",
            "label": pgettext("simulation", "Kind"),
            "kind": "select",
            "value": asked.kind,
            "options": every + kinds,
        },
        {"name": "q", "label": pgettext("of a person", "Name"), "kind": "search", "value": asked.words},
    ]
