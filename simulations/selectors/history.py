"""What happened in an attempt, read back as the engine's own values."""

from django.db.models import Max

from simulations.engine.apply import fold
from simulations.engine.events import Event
from simulations.engine.state import State
from simulations.models import Attempt, AttemptCommand, AttemptEvent


def as_event(row: AttemptEvent) -> Event:
    """One stored event as the engine knows it."""
    return Event(row.seq, row.type, row.data, row.command_no, row.seat, row.at.isoformat())


def events_of(attempt: Attempt, *, until: int | None = None) -> list[Event]:
    """All events of an attempt in order, or those up to the number `until` (one query)."""
    rows = AttemptEvent.objects.filter(attempt=attempt).order_by("seq")
    if until is not None:
        rows = rows.filter(seq__lte=until)
    return [as_event(row) for row in rows]


def state_of(attempt: Attempt, *, until: int | None = None) -> State:
    """Where an attempt stands (one query)."""
    return fold(events_of(attempt, until=until))


def events_by(command: AttemptCommand) -> list[Event]:
    """What one command brought about (one query)."""
    rows = AttemptEvent.objects.filter(attempt=command.attempt_id, command_no=command.no).order_by("seq")
    return [as_event(row) for row in rows]


def command_asked(attempt: Attempt, request_id: str) -> AttemptCommand | None:
    """The command that was already asked for under this request id."""
    return AttemptCommand.objects.filter(attempt=attempt, request_id=request_id).first()


def last_command_no(attempt: Attempt) -> int:
    """The number of the latest command, refused ones among them; 0 before the first."""
    return AttemptCommand.objects.filter(attempt=attempt).aggregate(last=Max("no"))["last"] or 0
