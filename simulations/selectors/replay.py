"""The audit of an attempt: decide every command again and compare what comes out with what was kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from simulations.engine.apply import apply, fold
from simulations.engine.decide import decide, start
from simulations.engine.events import Event
from simulations.engine.refusing import Refused
from simulations.engine.scenario import Scenario
from simulations.engine.state import State
from simulations.engine.wire import plain, stored_event
from simulations.models import Attempt, AttemptCommand
from simulations.selectors.attempts import latest_score
from simulations.selectors.history import events_of
from simulations.selectors.scenarios import scenario_of
from simulations.selectors.standing import standing_result


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the second telling departs from the first."""

    command: int
    kept: Any
    again: Any


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """Whether an attempt, decided again from its commands and seeds, comes out as it was kept."""

    attempt: str
    scenario: str
    engine: str
    commands: int
    refused: int
    events: int
    differences: list[Difference] = field(default_factory=list)
    score_kept: Decimal | None = None
    score_again: Decimal | None = None

    @property
    def events_equal(self) -> bool:
        return not self.differences

    @property
    def score_equal(self) -> bool:
        return self.score_kept == self.score_again

    @property
    def ok(self) -> bool:
        return self.events_equal and self.score_equal

    def as_payload(self) -> dict[str, Any]:
        """The report as JSON values."""
        verdicts = {"events_equal": self.events_equal, "score_equal": self.score_equal, "ok": self.ok}
        return {**asdict(self), **verdicts}


def _comparable(events: Sequence[Event], number: int) -> list[dict[str, Any]]:
    return [stored_event(replace(event, cmd=number, at="")) for event in events]


def _decided(scenario: Scenario, state: State, command: AttemptCommand) -> tuple[list[Event], str]:
    try:
        return decide(scenario, state, command.body), ""
    except Refused as refused:
        return [], refused.code


def _walk(scenario: Scenario, kept: list[Event], commands: list[AttemptCommand], seed: str) -> list[Difference]:
    by_command: dict[int, list[Event]] = {}
    for event in kept:
        by_command.setdefault(event.cmd, []).append(event)
    opening = by_command.pop(0, [])
    differences = _compared(0, _comparable(opening, 0), _comparable(start(scenario, seed), 0))
    state = fold(opening)
    for command in commands:
        again, code = _decided(scenario, state, command)
        before = by_command.pop(command.no, [])
        differences += _compared(command.no, _comparable(before, command.no), _comparable(again, command.no))
        differences += _compared(command.no, command.refused, code)
        for event in before:
            apply(state, event)
    differences += [Difference(no, _comparable(events, no), None) for no, events in by_command.items()]
    return differences


def _compared(number: int, kept: Any, again: Any) -> list[Difference]:
    return [] if kept == again else [Difference(number, kept, again)]


def replay(attempt: Attempt) -> ReplayReport:
    """Tell an attempt again from its commands; nothing is written (three queries)."""
    scenario = scenario_of(attempt)
    kept = events_of(attempt)
    commands = list(AttemptCommand.objects.filter(attempt=attempt).order_by("no"))
    run = latest_score(attempt)
    result = standing_result(attempt, fold(kept), run) if run else None
    differences = _walk(scenario, kept, commands, str(attempt.seed))
    if run and result and run.parts["items"] != plain(result.items):
        differences.append(Difference(len(commands), run.parts["items"], plain(result.items)))
    return ReplayReport(
        attempt=str(attempt.uid),
        scenario=f"{attempt.scenario_version.code} {attempt.scenario_version.version}",
        engine=attempt.engine_version,
        commands=len(commands),
        refused=sum(bool(command.refused) for command in commands),
        events=len(kept),
        differences=differences,
        score_kept=run.total if run else None,
        score_again=result.total if result else None,
    )
