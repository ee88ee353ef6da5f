"""What an ended attempt tells: the engine's debrief, the class beside it, and how far its score can be trusted."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from simulations.engine.debrief import debrief
from simulations.engine.view import view
from simulations.enums import BROKER_SEAT, AttemptState
from simulations.models import Attempt, ScoreRun
from simulations.selectors.authoring import standing_playtest
from simulations.selectors.history import state_of
from simulations.selectors.scenarios import budget_unit, engine_language, scenario_of
from simulations.selectors.standing import standing_result

FEWEST = 5  # attempts; under that a median would tell on single people
_LATEST = 300
# One standard error of one attempt, as the project agreed to bar it, where no playtest has measured it.
AGREED_ERROR = Decimal(12)


@dataclass(frozen=True, slots=True)
class ClassMedian:
    """What the attempts of the same case at the same base came to, in the middle."""

    attempts: int
    competencies: dict[str, float]


@dataclass(frozen=True, slots=True)
class Error:
    """One standard error of one attempt, and whether it was measured."""

    points: Decimal
    measured: bool


@dataclass(frozen=True, slots=True)
class Debrief:
    """The engine's debrief as JSON values, and the last look at the table beside it."""

    body: dict[str, Any]
    view: dict[str, Any]
    unit: str
    stage_of: dict[str, str]

    @property
    def names(self) -> dict[str, str]:
        """The name of every party."""
        return {party["id"]: party["name"] for party in self.view["parties"]}

    @property
    def money_used(self) -> int:
        """What was spent, in hundredths of the unit."""
        clock = self.view["clock"]
        return int(clock["budget"] - clock["budget_left"])

    @property
    def a_name(self) -> str:
        """The side whose gain runs across the plot."""
        return self.names[self.body["plot"]["x"]]

    @property
    def b_name(self) -> str:
        """The side whose gain runs up the plot."""
        return self.names[self.body["plot"]["y"]]

    @property
    def days_of(self) -> dict[int, int]:
        """The game day of every event that has a line in the timeline or changed days, money or trust."""
        told = {line["event"]: line["day"] for line in self.body["timeline"]}
        return {point["event"]: point["day"] for point in self.body["curve"]} | told


def debrief_of(attempt: Attempt, run: ScoreRun | None = None) -> Debrief:
    """Work the debrief out from the events, under the score that stands (one query); nothing of it is kept."""
    scenario, state, lang = scenario_of(attempt), state_of(attempt), engine_language()
    return Debrief(
        body=debrief(scenario, state, lang, standing_result(attempt, state, run)),
        view=view(scenario, state, BROKER_SEAT, lang),
        unit=budget_unit(scenario),
        stage_of={name: fact.stage for name, fact in scenario.facts.items()},
    )


def class_median(attempt: Attempt) -> ClassMedian | None:
    """The medians of ended attempts of the same case at the same base; None under five of them (one query)."""
    rows = (
        ScoreRun.objects.filter(
            attempt__organisation=attempt.organisation_id,
            attempt__scenario_version__code=attempt.scenario_version.code,
            attempt__state=AttemptState.ENDED,
        )
        .order_by("-attempt__ended_at", "-attempt", "-seq")
        .values_list("attempt", "parts")[:_LATEST]
    )
    latest: dict[int, dict[str, Any]] = {}
    for key, parts in rows:
        latest.setdefault(key, parts)
    if len(latest) < FEWEST:
        return None
    reached: dict[str, list[float]] = defaultdict(list)
    for parts in latest.values():
        for line in parts["competencies"]:
            reached[line["code"]].append(float(line["percent"]))
    return ClassMedian(len(latest), {code: median(values) for code, values in reached.items()})


def error_of(attempt: Attempt) -> Error:
    """How far one attempt of this case may be off by luck: measured by its playtest, else as agreed (one query)."""
    run = standing_playtest(attempt.scenario_version)
    measured = run.figures.get("reliability", {}).get("sem1") if run else None
    return (
        Error(AGREED_ERROR, False) if measured is None else Error(Decimal(str(measured)).quantize(Decimal("0.1")), True)
    )
