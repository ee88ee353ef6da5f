"""Playing on behalf of invented people: a demonstration that is full of life has dozens of played attempts.

A bot plays through the view alone, as a person would. Commands and events are those that `carry_out` writes one
request at a time, which a test holds side by side; here they are written in one go.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.demo import is_demo
from lms.kernel.refusals import NotAllowed, NotFound
from simulations.bots import Bot, Draw
from simulations.bots.policies import POLICIES
from simulations.engine.apply import apply
from simulations.engine.chance import u01
from simulations.engine.decide import decide
from simulations.engine.events import Event
from simulations.engine.refusing import Refused
from simulations.engine.scenario import Scenario
from simulations.engine.state import State
from simulations.engine.view import view
from simulations.models import Attempt, AttemptCommand, AttemptEvent
from simulations.selectors.attempts import attempt_by_uid
from simulations.selectors.history import state_of
from simulations.selectors.scenarios import scenario_of

from .attempts import begin, offered
from .closing import close_attempt
from .commands import kept_params

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation

MOST_COMMANDS = 200
_GIVEN_UP = {"type": "walk_away", "reason": "gave up"}
_SEEDS = 2**62


class NobodyPlaysForOthers(NotAllowed):
    """Outside a demonstration whoever sits down plays."""

    code = "rehearsal-outside-demonstration"
    message = _("Deals are rehearsed in demonstrations only.")


class NoSuchAttempt(NotFound):
    code = "no-such-attempt"
    message = _("There is no such attempt.")


@dataclass
class _Telling:
    """What is written down of an attempt while it is played."""

    attempt: Attempt
    scenario: Scenario
    state: State
    now: datetime
    commands: list[AttemptCommand] = field(default_factory=list)
    events: list[AttemptEvent] = field(default_factory=list)


@transaction.atomic
def rehearse_attempt(
    *,
    person: "Person",
    organisation: "Organisation",
    scenario_code: str,
    counted: bool,
    policy: str,
    seed: str,
    now: datetime,
    pause: timedelta = timedelta(seconds=40),
    commands: int = MOST_COMMANDS,
) -> Attempt:
    """Let a bot of this policy play an attempt from `now` on, a command each `pause`; the same seed plays the same.

    With fewer `commands` than the play takes, the attempt stays open.
    """
    if not is_demo():
        raise NobodyPlaysForOthers
    seeds = (int(u01(seed, "variant") * _SEEDS), int(u01(seed, "chance") * _SEEDS))
    attempt = begin(person, organisation, offered(scenario_code), counted=counted, seeds=seeds, now=now)
    told = _Telling(attempt, scenario_of(attempt), state_of(attempt), now)
    _play(told, POLICIES[policy](), partial(u01, seed, "bot"), pause, commands)
    AttemptCommand.objects.bulk_create(told.commands)
    AttemptEvent.objects.bulk_create(told.events)
    if told.state.status == "ended":
        close_attempt(attempt=attempt, scenario=told.scenario, state=told.state, now=told.now)
    return attempt


def table_read(uid: UUID) -> dict[str, Any]:
    """The table with the machine reading of its sentences: for an invented person who plays page by page."""
    if not is_demo():
        raise NobodyPlaysForOthers
    attempt = attempt_by_uid(uid)
    if attempt is None:
        raise NoSuchAttempt
    return view(scenario_of(attempt), state_of(attempt), reading=True)


def _play(told: _Telling, bot: Bot, draw: Draw, pause: timedelta, most: int) -> None:
    for number in range(1, most + 1):
        if told.state.status != "playing":
            return
        told.now += pause
        tired = number == MOST_COMMANDS
        command = None if tired else bot.act(view(told.scenario, told.state, reading=True), draw)
        _take(told, number, command or _GIVEN_UP)


def _take(told: _Telling, number: int, body: dict[str, Any]) -> None:
    row = AttemptCommand(attempt=told.attempt, no=number, request_id=f"rehearsal-{number}", body=body, at=told.now)
    try:
        brought = decide(told.scenario, told.state, body)
    except Refused as refused:
        brought, row.refused, row.response = [], refused.code, kept_params(refused)
    for event in brought:
        apply(told.state, replace(event, cmd=number, at=told.now.isoformat()))
    row.last_seq = told.state.seq
    told.commands.append(row)
    told.events.extend(_rows(told, number, brought))


def _rows(told: _Telling, number: int, brought: list[Event]) -> Iterator[AttemptEvent]:
    for event in brought:
        yield AttemptEvent(
            attempt=told.attempt,
            seq=event.seq,
            type=event.type,
            data=dict(event.data),
            seat=event.seat,
            command_no=number,
            at=told.now,
        )
