"""Carrying out what a person asks for in an attempt: load, fold, decide, append, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Conflict, Refusal
from simulations.engine.apply import apply
from simulations.engine.decide import decide
from simulations.engine.events import Event
from simulations.engine.parts import Text
from simulations.engine.refusing import Refused
from simulations.engine.state import State
from simulations.models import Attempt, AttemptCommand
from simulations.selectors.assignments import deadline_of
from simulations.selectors.history import command_asked, events_by, last_command_no, state_of
from simulations.selectors.scenarios import scenario_of
from simulations.services.closing import close_attempt
from simulations.services.history import append_events

_TURNS = 4  # how often a command is looked at anew when another tab was faster
_UNREADABLE = "command-unreadable"
# What the house itself asks for when an attempt's time is over; it is no command of the room.
TIME_UP = {"type": "time_up"}


class CommandRefused(Refusal):
    """The rules of the scenario said no; the sentence is the engine's own, in the reader's language."""

    def __init__(self, code: str, params: Mapping[str, Any]) -> None:
        self.code = code
        self.status = 400 if code == _UNREADABLE else 409
        self.refused = Refused(code, **{name: _text(value) for name, value in params.items()})
        super().__init__()

    def __str__(self) -> str:
        return self.refused.sentence("zh" if (get_language() or "zh").startswith("zh") else "en")


class RequestReused(Conflict):
    code = "request-reused"
    message = _("This request number was used for another command. Reload the page and try again.")


class TooManyHands(Conflict):
    code = "too-many-hands"
    message = _("Somebody else is acting in this attempt at the same moment. Look at what has changed and try again.")


class TimeIsUp(Conflict):
    code = "attempt-time-up"
    message = _("The time for this attempt is over. It is closed as it stands, and its debrief follows in a minute.")


class _Outrun(Exception):
    """The next number was taken while this command was being decided."""


@dataclass(frozen=True, slots=True)
class CommandOutcome:
    """What a command brought about, and how the table looks after it."""

    attempt: Attempt
    events: list[Event]
    state: State


def carry_out(*, attempt: Attempt, request_id: str, command: Mapping[str, Any], now: datetime) -> CommandOutcome:
    """Carry out `command` once; the same `request_id` again answers the same and changes nothing.

    A refused command is written down too, and nothing else is. When another tab has written the next
    event meanwhile, the command is decided anew on what is there now.
    """
    for _turn in range(_TURNS):
        try:
            answer = _take(attempt, request_id, dict(command), now)
        except _Outrun:
            continue
        if isinstance(answer, CommandRefused):
            raise answer
        return answer
    raise TooManyHands


@transaction.atomic
def _take(attempt: Attempt, request_id: str, body: dict[str, Any], now: datetime) -> CommandOutcome | CommandRefused:
    asked = command_asked(attempt, request_id)
    if asked is not None:
        return _tell_again(attempt, asked, body)
    deadline = deadline_of(attempt)
    if deadline and deadline <= now and body != TIME_UP:
        raise TimeIsUp
    scenario, state = scenario_of(attempt), state_of(attempt)
    row = AttemptCommand(
        attempt=attempt, no=last_command_no(attempt) + 1, request_id=request_id, body=body, last_seq=state.seq, at=now
    )
    try:
        decided = decide(scenario, state, body)
    except Refused as refused:
        return _write_refusal(row, refused)
    row.last_seq = state.seq + len(decided)
    events = _write_down(row, decided)
    for event in events:
        apply(state, event)
    if state.status == "ended":
        close_attempt(attempt=attempt, scenario=scenario, state=state, now=now)
    return CommandOutcome(attempt, events, state)


def _tell_again(attempt: Attempt, asked: AttemptCommand, body: dict[str, Any]) -> CommandOutcome | CommandRefused:
    if asked.body != body:
        raise RequestReused
    if asked.refused:
        return CommandRefused(asked.refused, asked.response)
    state = state_of(attempt, until=asked.last_seq)
    return CommandOutcome(attempt, events_by(asked), state)


def _write_refusal(row: AttemptCommand, refused: Refused) -> CommandRefused:
    row.refused = refused.code
    row.response = kept_params(refused)
    _write_down(row, [])
    return CommandRefused(row.refused, row.response)


def _write_down(row: AttemptCommand, decided: list[Event]) -> list[Event]:
    try:
        row.save(force_insert=True)
        return append_events(attempt=row.attempt, events=decided, command_no=row.no, now=row.at)
    except IntegrityError as taken:
        raise _Outrun from taken


def kept_params(refused: Refused) -> dict[str, Any]:
    """What a refusal's sentence is made of, as it is kept: texts in both languages."""
    return {
        name: {"zh": value.zh, "en": value.en} if isinstance(value, Text) else value
        for name, value in refused.params.items()
    }


def _text(value: Any) -> Any:
    return Text(**value) if isinstance(value, dict) else value
