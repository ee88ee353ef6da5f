"""The clock by the door: views, tasks and commands read it once and pass `now` on.

Nothing below them asks for the time, so a story can be told at any date by whoever opens the door.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone


class HeldClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def advance(self, step: timedelta) -> datetime:
        """Move the hands forward by `step` and return the new moment."""
        self.at += step
        return self.at


# For the whole process, so that the threads of a test's server live at the same hour as the test.
_held: list[HeldClock] = []


def now() -> datetime:
    """The present moment, aware and in UTC; the held one inside `held_at`."""
    return _held[-1].at if _held else timezone.now()


@contextmanager
def held_at(start: datetime) -> Iterator[HeldClock]:
    """Hold the door's clock at `start` meanwhile: for journeys, demonstrations and tests."""
    clock = HeldClock(start)
    _held.append(clock)
    try:
        yield clock
    finally:
        _held.remove(clock)
