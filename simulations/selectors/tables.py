"""What the trainee's seat sees of an attempt: the engine's view, and what each act of theirs brought."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from simulations.engine.state import Moment, State
from simulations.engine.view import view
from simulations.enums import BROKER_SEAT
from simulations.models import Attempt
from simulations.selectors.scenarios import engine_language, scenario_of

_OPENING = 0  # the number of no command: what was there when the attempt began


@dataclass(frozen=True, slots=True)
class Happening:
    """What one command brought about, in what its player may see: days, money, trust and lines of the timeline."""

    command: int
    subject: str  # the action, paper or judgement it was about; empty for the others
    day: int
    days: int
    budget: int
    trust: dict[str, int]
    lines: list[dict[str, Any]]
    facts: list[str]


def ordered(value: Any) -> Any:
    """The same JSON with its keys in one order: a database may hand them back in another."""
    if isinstance(value, dict):
        return {key: ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [ordered(each) for each in value]
    return value


def table_view(attempt: Attempt, state: State) -> dict[str, Any]:
    """The view in the reader's language, as JSON values."""
    seen: dict[str, Any] = ordered(view(scenario_of(attempt), state, BROKER_SEAT, engine_language()))
    return seen


def happenings(seen: dict[str, Any], state: State) -> list[Happening]:
    """Everything that was done so far, in order; each with what it brought. `seen` is the view of the same state."""
    lines = {line["event"]: line for line in seen["timeline"]}
    told = []
    for command, moments in groupby(state.journal, key=lambda moment: moment.cmd):
        if command != _OPENING:
            told.append(_happening(command, list(moments), lines))
    return told


def _happening(command: int, moments: list[Moment], lines: dict[int, dict[str, Any]]) -> Happening:
    spent = [moment.data for moment in moments if moment.type == "effort-spent.1"]
    trust: dict[str, int] = {}
    for moment in moments:
        if moment.type == "trust-changed.1":
            trust[moment.data["party"]] = trust.get(moment.data["party"], 0) + moment.data["by"]
    return Happening(
        command=command,
        subject=next(filter(None, (_subject(moment) for moment in moments)), ""),
        day=moments[-1].day,
        days=sum(each["days"] for each in spent),
        budget=sum(each["budget"] for each in spent),
        trust={party: by for party, by in trust.items() if by},
        lines=[lines[moment.seq] for moment in moments if moment.seq in lines],
        facts=[moment.data["fact"] for moment in moments if moment.type == "fact-learned.1"],
    )


def _subject(moment: Moment) -> str:
    data = moment.data
    return str(data.get("action") or data.get("document") or data.get("assessment") or data.get("draft") or "")
