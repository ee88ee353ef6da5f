"""A whole case as its author reads it: stages with everything that can be done, found and judged in them."""

from dataclasses import dataclass
from typing import Any

from simulations.engine.parts import Text
from simulations.engine.scenario import Scenario
from simulations.models import ScenarioVersion
from simulations.selectors.scenarios import engine_language, scenario_in


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a stage: what it says, and in a few words what it costs, shows or brings."""

    name: str
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageOutline:
    """A stage with its things by kind."""

    title: str
    aim: str
    facts: list[Line]
    actions: list[Line]
    judgements: list[Line]
    papers: list[Line]


@dataclass(frozen=True, slots=True)
class Outline:
    """The case in one of its flavours."""

    scenario: Scenario
    flavour: str
    flavours: list[tuple[str, str]]
    briefing: str
    stages: list[StageOutline]
    parties: list[Line]
    documents: list[Line]
    traps: list[Line]
    rubric: list[Line]


def outline_of(version: ScenarioVersion, flavour: str) -> Outline | None:
    """The outline of a version in a flavour; None where it has none of that name."""
    written = scenario_in(version)
    if flavour and flavour not in written.flavours:
        return None
    return _Teller(written.flavoured(flavour)).outline(written, flavour)


class _Teller:
    """Puts a scenario into lines, in the reader's language."""

    def __init__(self, scenario: Scenario) -> None:
        self.sc = scenario
        self.lang = engine_language()

    def say(self, text: Text | None) -> str:
        return self.sc.say(text, self.lang)

    def outline(self, written: Scenario, flavour: str) -> Outline:
        sc = self.sc
        return Outline(
            scenario=sc,
            flavour=flavour,
            flavours=[(name, self.say(each.told)) for name, each in written.flavours.items()],
            briefing=self.say(sc.briefing),
            stages=[self._stage(stage) for stage in sc.stages],
            parties=[
                Line(name, self.say(party.name), (self.say(party.role), *(self.say(rule) for rule in party.rules)))
                for name, party in sc.parties.items()
            ],
            documents=[Line(name, self.say(each.title), (self.say(each.body),)) for name, each in sc.documents.items()],
            traps=[
                Line(name, self.say(trap.text), (trap.rule, *((f"≤ {trap.cap}",) if trap.cap is not None else ())))
                for name, trap in sc.traps.items()
            ],
            rubric=[Line(item.id, self.say(item.text), (item.comp, f"{item.points:g}")) for item in sc.rubric],
        )

    def _stage(self, stage: Any) -> StageOutline:
        sc = self.sc
        return StageOutline(
            title=self.say(stage.title),
            aim=self.say(stage.aim),
            facts=[
                Line(name, self.say(fact.text), (fact.grade,))
                for name, fact in sc.facts.items()
                if fact.stage == stage.id
            ],
            actions=[
                Line(name, self.say(action.text), tuple(self.say(way.text) for way in action.options.values()))
                for name, action in sc.actions.items()
                if action.stage == stage.id
            ],
            judgements=[
                Line(name, self.say(each.text), (self.say(each.explanation),))
                for name, each in sc.assessments.items()
                if each.stage == stage.id
            ],
            papers=[
                Line(name, self.say(draft.title), tuple(self.say(clause.text) for clause in draft.clauses.values()))
                for name, draft in sc.drafts.items()
                if draft.stage == stage.id
            ],
        )
