"""Putting the scenarios of the library on offer, with the playtest that each of them carries beside its file."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import NotFound, Refusal
from simulations import library
from simulations.engine.load import load
from simulations.engine.scenario import Scenario
from simulations.enums import VersionState
from simulations.library import UnknownScenario
from simulations.models import ScenarioVersion
from simulations.selectors.authoring import missed_in
from simulations.selectors.scenarios import engine_language

from .authoring import keep_version, let_count
from .calibrating import keep_waiver
from .playtesting import keep_run


class NoSuchScenario(NotFound):
    code = "no-such-scenario"
    message = _("No scenario “%(code)s” comes with the platform.")


class ScenarioNotSound(Refusal):
    code = "scenario-not-sound"
    message = _("The scenario file has %(count)s faults. The first is in line %(line)s: %(fault)s")


def publish_library(*, now: datetime) -> list[ScenarioVersion]:
    """Put every scenario of the library on offer."""
    return [publish_scenario(code=code, now=now) for code in library.codes()]


@transaction.atomic
def publish_scenario(*, code: str, now: datetime) -> ScenarioVersion:
    """Put a scenario of the library on offer; one that is on offer already is left as it is.

    It may count when its playtest clears the hard bars and somebody waived the others it misses; else it is for
    practice. Without a playtest of this very text it stays a draft that nobody plays.
    """
    try:
        source = library.text_of(code)
    except UnknownScenario as fault:
        raise NoSuchScenario(code=code) from fault
    scenario = read(source)
    version = keep_version(source=source, scenario=scenario, uploaded_by=None, now=now)
    if version.state == VersionState.DRAFT:
        _measured(version, scenario, now)
    return version


def _measured(version: ScenarioVersion, scenario: Scenario, now: datetime) -> None:
    figures = library.report_of(version.code)
    if figures is None or figures["sha256"] != scenario.sha256:
        return
    keep_run(version=version, source="library", figures=figures, now=now)
    for waiver in library.waivers_of(version.code):
        keep_waiver(version=version, now=now, **waiver)
    missed = missed_in(figures)
    waived = set(version.waivers.values_list("bar", flat=True))
    if not missed.hard and waived.issuperset(missed.printed):
        let_count(version=version, by=None, note="", now=now)


def read(source: str) -> Scenario:
    """The scenario of a text, or a refusal that names its first fault."""
    loaded = load(source)
    if loaded.scenario is None:
        first = loaded.problems[0]
        fault = first.message_zh if engine_language() == "zh" else first.message
        raise ScenarioNotSound(count=len(loaded.problems), line=first.line, fault=fault)
    return loaded.scenario
