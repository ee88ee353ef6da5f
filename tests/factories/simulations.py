from pathlib import Path
from typing import Any

import factory

from simulations.enums import VersionState
from simulations.models import Attempt, ScenarioVersion
from simulations.services.attempts import open_attempt
from simulations.services.authoring import keep_version, let_count
from simulations.services.commands import CommandOutcome, carry_out
from simulations.services.playtesting import keep_run
from simulations.services.scenarios import read

from .accounts import BEGINNING, PersonFactory
from .cohorts import OrganisationFactory

# What a playtest says that misses no bar.
SOUND: dict[str, Any] = {"plays": 20, "seed": 1, "bars": []}
SMALL = (Path(__file__).parents[1] / "simulations" / "engine" / "small.yaml").read_text(encoding="utf-8")

# The same case with sides that want more and a rubric in which no item weighs too much: nothing is wrong with it.
_MEASURES = (
    "metric: key_facts, arg: ask",
    "metric: assess, arg: need",
    'when: {before: ["flag:nda", "flag:shared"]}',
    "when: {done: visit}",
    "when: {fact: f_price}",
    "metric: nash, curve: [[0, 0], [0.95, 1]]",
    "metric: clauses, arg: paper",
    "metric: trust_min, curve: [[0.3, 0], [0.6, 1]]",
    "metric: rounds",
    "metric: balance",
)
_TEXT = "text: {zh: 做到, en: Done}, advice: {zh: 多练, en: Practise}"
SOUND_SMALL = (
    SMALL.split("competencies:")[0].replace("reservation: 0.45", "reservation: 0.56").replace(" 0.4\n", " 0.5\n")
    + "competencies: {C01: 0.5, C08: 0.5}\nrubric:\n"
    + "".join(
        f"  - {{id: I-{number:02}, comp: {'C01' if number <= 5 else 'C08'}, points: 2, {measure}, {_TEXT}}}\n"
        for number, measure in enumerate(_MEASURES, start=1)
    )
)


class ScenarioVersionFactory(factory.Factory):
    """The small case of the engine's own tests, tested and approved; with `figures` those of its playtest."""

    class Meta:
        model = ScenarioVersion

    source = SMALL
    now = BEGINNING
    figures = None

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> ScenarioVersion:
        source, now = kwargs["source"], kwargs["now"]
        version = keep_version(source=source, scenario=read(source), uploaded_by=None, now=now)
        if version.state == VersionState.DRAFT:
            keep_run(version=version, source="library", figures=kwargs["figures"] or SOUND, now=now)
            let_count(version=version, by=None, note="", now=now)
        return version


class AttemptFactory(factory.Factory):
    """An attempt begun in earnest: its first events are there."""

    class Meta:
        model = Attempt

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    version = factory.SubFactory(ScenarioVersionFactory)
    counted = True
    now = BEGINNING

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Attempt:
        version = kwargs.pop("version")
        return open_attempt(scenario_code=version.code, **kwargs)


def play(attempt: Attempt, *commands: dict[str, Any], now: Any = BEGINNING) -> CommandOutcome | None:
    """Carry out commands one after the other; the last outcome comes back."""
    outcome = None
    for command in commands:
        number = attempt.commands.count()
        outcome = carry_out(attempt=attempt, request_id=f"r{number}", command=command, now=now)
    return outcome


# A clean way through the small case: what was asked, chosen, agreed and written.
TO_THE_TABLE = (
    {"type": "act", "action": "nda"},
    {"type": "act", "action": "visit"},
    {"type": "read", "document": "note"},
    {"type": "ask", "action": "ask_price", "option": "why"},
    {"type": "assess", "assessment": "partner", "value": "seller"},
    {"type": "advance"},
)
WALK_AWAY = {"type": "walk_away", "reason": "no common ground"}
