"""How much time somebody has, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lms.exams.enums import AttemptState
from lms.exams.models import Attempt, Exam, Seat


class Door(StrEnum):
    """Whether one may sit down now."""

    NOT_YET = "not-yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class TimeOffer:
    """What starting now, or at the opening, would give: the end by one's own minutes, the end by the closing of
    the room, both with extra time, and which of them comes first.
    """

    door: Door
    minutes: int
    own_end: datetime
    room_end: datetime

    @property
    def deadline(self) -> datetime:
        return min(self.own_end, self.room_end)

    @property
    def cut_short(self) -> bool:
        """Whether the room closes before the exam's own minutes are over."""
        return self.room_end < self.own_end


def grace(exam: Exam) -> timedelta:
    """How long after the deadline a save on its way is still taken."""
    return timedelta(seconds=exam.grace_s)


def offer(seat: Seat, now: datetime) -> TimeOffer:
    """The time that `seat` would have if the attempt began at `now`."""
    exam = seat.exam
    door = Door.NOT_YET if now < exam.opens_at else Door.OPEN if now < exam.closes_at else Door.CLOSED
    begins = max(now, exam.opens_at)
    extra = timedelta(minutes=seat.extra_minutes)
    own_end, room_end = begins + timedelta(minutes=exam.minutes) + extra, exam.closes_at + extra
    minutes = max(0, int((min(own_end, room_end) - begins).total_seconds() // 60))
    return TimeOffer(door, minutes, own_end, room_end)


def attempts_left(seat: Seat, attempts: Iterable[Attempt]) -> int:
    """How often one may still sit down to it; a void attempt does not count."""
    sat = sum(attempt.state != AttemptState.VOID for attempt in attempts)
    return max(0, seat.exam.attempts_allowed - sat)
