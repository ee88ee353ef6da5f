"""Putting scenarios on offer: a file becomes a version that never changes again."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Conflict, NotFound, Refusal
from simulations.engine.load import Loaded, load
from simulations.engine.scenario import Scenario
from simulations.engine.valuation import truth
from simulations.enums import VersionState
from simulations.library import UnknownScenario, text_of
from simulations.models import ScenarioVersion
from simulations.selectors.scenarios import engine_language


class NoSuchScenario(NotFound):
    code = "no-such-scenario"
    message = _("No scenario “%(code)s” comes with the platform.")


class ScenarioNotSound(Refusal):
    code = "scenario-not-sound"
    message = _("The scenario file has %(count)s faults. The first is in line %(line)s: %(fault)s")


def publish_scenario(*, code: str, now: datetime) -> ScenarioVersion:
    """Put a scenario of the library on offer; one that is on offer already is left as it is."""
    try:
        source = text_of(code)
    except UnknownScenario as fault:
        raise NoSuchScenario(code=code) from fault
    return approve_scenario(source=source, now=now)


class VersionTaken(Conflict):
    code = "scenario-version-taken"
    message = _("“%(code)s” %(version)s is on offer with other content. Give the changed file a new version number.")


@transaction.atomic
def approve_scenario(*, source: str, now: datetime) -> ScenarioVersion:
    """Approve the text of a scenario for play; an older version of it is retired, its attempts go on."""
    content_hash = sha256(source.encode()).hexdigest()
    there = ScenarioVersion.objects.filter(content_hash=content_hash).first()
    if there is not None:
        return there
    scenario = _sound(load(source))
    if ScenarioVersion.objects.filter(code=scenario.id, version=scenario.version).exists():
        raise VersionTaken(code=scenario.id, version=scenario.version)
    ScenarioVersion.objects.playable().filter(code=scenario.id).update(state=VersionState.RETIRED)
    return ScenarioVersion.objects.create(
        code=scenario.id,
        version=scenario.version,
        title=scenario.say(scenario.title, "zh"),
        title_en=scenario.say(scenario.title, "en"),
        level=scenario.level,
        content_hash=content_hash,
        source=source,
        truths=_truths(scenario),
        state=VersionState.APPROVED,
        created_at=now,
    )


def _sound(loaded: Loaded) -> Scenario:
    if loaded.scenario is None:
        first = loaded.problems[0]
        fault = first.message_zh if engine_language() == "zh" else first.message
        raise ScenarioNotSound(count=len(loaded.problems), line=first.line, fault=fault)
    return loaded.scenario


def _truths(scenario: Scenario) -> dict[str, Any]:
    """What each judgement should have been in the case as written; its variants are worked out in play."""
    answers = {name: truth(scenario, name) for name in scenario.assessments}
    return {"engine": scenario.sha256, "answers": answers}
