"""An attempt at one of its moments: what happened then, and how the table stood."""

from dataclasses import dataclass
from typing import Any

from simulations.engine.apply import fold
from simulations.engine.state import State
from simulations.engine.telling import told
from simulations.engine.view import view
from simulations.enums import BROKER_SEAT
from simulations.models import Attempt, EventComment
from simulations.selectors.history import events_of
from simulations.selectors.scenarios import engine_language, scenario_of


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of the replay: the last event that has a line, with what staff said about it."""

    number: int  # from 1
    event: int
    day: int
    type: str
    text: str
    comments: list[EventComment]


@dataclass(frozen=True, slots=True)
class Replay:
    """All moments, the one looked at, and the table after it."""

    moments: list[Moment]
    here: Moment
    seen: dict[str, Any]
    state: State

    @property
    def before(self) -> Moment | None:
        """The moment before this one."""
        return self.moments[self.here.number - 2] if self.here.number > 1 else None

    @property
    def after(self) -> Moment | None:
        """The moment after this one."""
        return self.moments[self.here.number] if self.here.number < len(self.moments) else None


def replay_at(attempt: Attempt, number: int | None, comments: list[EventComment]) -> Replay:
    """The replay of an attempt at its moment `number`, from 1; the last one if there is no such (one query)."""
    scenario, lang = scenario_of(attempt), engine_language()
    events = events_of(attempt)
    lines = [line for moment in fold(events).journal if (line := told(scenario, moment, lang))]
    said: dict[int, list[EventComment]] = {}
    for each in comments:
        said.setdefault(each.event_seq, []).append(each)
    moments = [
        Moment(place, line["event"], line["day"], line["type"], line["text"], said.get(line["event"], []))
        for place, line in enumerate(lines, start=1)
    ]
    place = number if number is not None and 1 <= number <= len(moments) else len(moments)
    here = moments[place - 1]
    until = moments[place].event if place < len(moments) else events[-1].seq + 1
    state = fold([event for event in events if event.seq < until])
    return Replay(moments, here, view(scenario, state, BROKER_SEAT, lang), state)


def lines_of(attempt: Attempt) -> dict[int, tuple[int, str]]:
    """Day and words of every event that has a line in the timeline (one query)."""
    scenario, lang = scenario_of(attempt), engine_language()
    found = (told(scenario, moment, lang) for moment in fold(events_of(attempt)).journal)
    return {line["event"]: (line["day"], line["text"]) for line in found if line}
