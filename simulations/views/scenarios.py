"""Scenarios on offer, the briefing of one, and the way into its room."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.generic import ListView

from lms.accounts.selectors.people import person_of
from lms.cohorts.selectors.cohorts import current_membership
from lms.kernel.clock import now
from lms.kernel.refusals import Refusal
from simulations.enums import VersionState
from simulations.models import Attempt, ScenarioVersion
from simulations.selectors.assignments import assignments_for
from simulations.selectors.attempts import Record, attempts_played_by, records_of
from simulations.selectors.calibration import calibration_of
from simulations.selectors.needs import simulations_needed
from simulations.selectors.scenarios import (
    budget_unit,
    engine_language,
    playable_scenario,
    playable_scenarios,
    scenario_in,
)
from simulations.services.attempts import open_attempt

from . import offering
from .sides import faces_of


class NotOnARoster(Refusal):
    code = "not-on-a-roster"
    message = _("Simulations are for the members of a cohort, and you are on no roster now. Ask your training base.")
    status = 403


class ScenarioList(LoginRequiredMixin, ListView[Attempt]):
    """What can be played, and one's own attempts, a page at a time."""

    template_name = "simulations/list.html"
    context_object_name = "attempts"
    paginate_by = 20

    def get_queryset(self) -> Any:
        return attempts_played_by(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = person_of(self.request.user)
        membership = current_membership(person.pk) if person else None
        at = now()
        shelf = offering.shelf(
            offers=[(version, _case(version)) for version in playable_scenarios()],
            records=records_of(self.request.user),
            assigned=assignments_for(person.pk, at) if person else [],
            role=self.request.GET.get("role", ""),
            level=membership.cohort.level if membership else "",
        )
        need = simulations_needed(person.pk, membership.cohort.level, at) if person and membership else None
        return super().get_context_data(shelf=shelf, need=need, **kwargs)


def _case(version: ScenarioVersion) -> dict[str, Any]:
    """What a scenario says of itself before it is played; nothing that is hidden in play."""
    scenario, lang = scenario_in(version), engine_language()
    principal = scenario.talks.principal
    faces = faces_of(scenario)
    order = [principal, *(name for name in scenario.parties if name != principal)]
    return {
        "title": scenario.say(scenario.title, lang),
        "roles": scenario.roles,
        "chinese_only": lang not in scenario.languages,
        "side": scenario.protocol == "side",
        "subtitle": scenario.say(scenario.subtitle, lang),
        "briefing": scenario.say(scenario.briefing, lang),
        "invented": scenario.say(scenario.invented, lang),
        "minutes": scenario.minutes,
        "days": scenario.days,
        "budget": f"{scenario.budget / 100:g} {budget_unit(scenario)}",
        "rounds": scenario.talks.rounds,
        "pass_mark": scenario.pass_mark,
        "stages": [
            {"title": scenario.say(each.title, lang), "aim": scenario.say(each.aim, lang)} for each in scenario.stages
        ],
        "issues": [scenario.say(each.text, lang) for each in scenario.issues.values()],
        "parties": [
            {
                "name": scenario.say(scenario.parties[name].name, lang),
                "person": scenario.say(scenario.parties[name].person, lang),
                "role": scenario.say(scenario.parties[name].role, lang),
                "public": scenario.say(scenario.parties[name].public, lang),
                "portrait": faces[name],
                "seat": "a" if name == principal else "b",
            }
            for name in order
        ],
    }


def _offered(code: str) -> ScenarioVersion:
    version = playable_scenario(code)
    if version is None:
        raise Http404
    return version


@login_required
@require_GET
def briefing(request: HttpRequest, code: str) -> HttpResponse:
    """Who sits at the table, what is asked of the broker, what it takes and how it is scored."""
    version = _offered(code)
    person = person_of(request.user)
    mine = (
        [each for each in assignments_for(person.pk, now()) if each.assignment.scenario_version.code == code]
        if person
        else []
    )
    context = {
        "version": version,
        "case": _case(version),
        "record": records_of(request.user).get(code, Record()),
        "assigned": mine,
        "roles": [offering.ROLES[role] for role in scenario_in(version).roles],
        "calibration": calibration_of(version),
        "member": bool(person and current_membership(person.pk)),
        "may_count": version.state == VersionState.APPROVED,
        "no_roster": NotOnARoster.message,
    }
    return render(request, "simulations/briefing.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Sit down: a counted attempt or one for practice. Who only looks at this address reads the briefing."""
    if request.method == "GET":
        return briefing(request, code=code)
    _offered(code)
    try:
        attempt = _open(request, code)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("simulations:briefing", code=code)
    return redirect("simulations:room", uid=attempt.uid)


def _open(request: HttpRequest, code: str) -> Attempt:
    person = person_of(request.user)
    membership = current_membership(person.pk) if person else None
    if person is None or membership is None:
        raise NotOnARoster
    return open_attempt(
        person=person,
        organisation=membership.cohort.organisation,
        scenario_code=code,
        counted=request.POST.get("counted") == "1",
        now=now(),
    )
