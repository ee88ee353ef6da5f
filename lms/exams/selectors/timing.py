"""How much time somebody has, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lms.exams.models import Exam, Seat


class Door(StrEnum):
    """Whether one may sit down now."""

    NOT_YET = "not-yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class TimeOffer:
    """What starting now would give; `cut_short` if the room closes before the exam's own minutes are over."""

    door: Door
    minutes: int
    deadline: datetime
    cut_short: bool


def grace(exam: Exam) -> timedelta:
    """How long after the deadline a save on its way is still taken."""
    return timedelta(seconds=exam.grace_s)


def offer(seat: Seat, now: datetime) -> TimeOffer:
    """The time that `seat` would have if the attempt began at `now`."""
    exam = seat.exam
    door = Door.NOT_YET if now < exam.opens_at else Door.OPEN if now < exam.closes_at else Door.CLOSED
    deadline = seat.deadline(max(now, exam.opens_at))
    whole = exam.minutes + seat.extra_minutes
    minutes = max(0, int((deadline - max(now, exam.opens_at)).total_seconds() // 60))
    return TimeOffer(door, minutes, deadline, cut_short=minutes < whole)
