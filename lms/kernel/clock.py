"""The clock by the door: views, tasks and commands read it once and pass `now` on.

Nothing below them asks for the time, so a story can be told at any date by whoever opens the door.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.utils import timezone

_held: ContextVar[datetime | None] = ContextVar("held_clock", default=None)


def now() -> datetime:
    """The present moment, aware and in UTC; the held one inside `held_at`."""
    return _held.get() or timezone.now()


class HeldClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def advance(self, step: timedelta) -> datetime:
        """Move the hands forward by `step` and return the new moment."""
        self.at += step
        _held.set(self.at)
        return self.at


@contextmanager
def held_at(start: datetime) -> Iterator[HeldClock]:
    """Hold the door's clock at `start` for this context: for journeys, demonstrations and tests."""
    token = _held.set(start)
    try:
        yield HeldClock(start)
    finally:
        _held.reset(token)
