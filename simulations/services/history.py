"""Adding to what happened in an attempt."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from simulations.engine.events import Event
from simulations.models import Attempt, AttemptEvent


def append_events(*, attempt: Attempt, events: Sequence[Event], command_no: int, now: datetime) -> list[Event]:
    """Write new events down under their command and answer them so numbered (one query).

    An event whose number is taken already fails on the database: another tab was faster.
    """
    written = [replace(event, cmd=command_no, at=now.isoformat()) for event in events]
    AttemptEvent.objects.bulk_create(
        AttemptEvent(
            attempt=attempt,
            seq=event.seq,
            type=event.type,
            data=dict(event.data),
            seat=event.seat,
            command_no=command_no,
            at=now,
        )
        for event in written
    )
    return written
