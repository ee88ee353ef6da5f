"""The end of an attempt whose time is over: it is closed as it stands, with what was reached by then."""

from datetime import datetime

from lms.jobs.services.queue import enqueue
from simulations.enums import AttemptState
from simulations.models import Attempt
from simulations.selectors.assignments import deadline_of, overdue_attempts

from .commands import TIME_UP, carry_out

CLOSE = "simulations.close-attempt"
MOST_AT_ONCE = 500


def close_overdue(*, now: datetime) -> int:
    """Ask for the closing of every attempt whose time is over; each is a job of its own."""
    found = [attempt for attempt in overdue_attempts(now)[:MOST_AT_ONCE] if _is_over(attempt, now)]
    for attempt in found:
        enqueue(task=CLOSE, key=f"simulation:{attempt.pk}", payload={"attempt_id": attempt.pk}, now=now)
    return len(found)


def _is_over(attempt: Attempt, now: datetime) -> bool:
    deadline = deadline_of(attempt)
    return deadline is not None and deadline <= now


def close_late(*, attempt_id: int, now: datetime) -> None:
    """Close one of them; an attempt that ended meanwhile is left as it is."""
    rows = Attempt.objects.select_related("assignment", "scenario_version", "person__user", "organisation")
    attempt = rows.get(pk=attempt_id)
    if attempt.state == AttemptState.OPEN and _is_over(attempt, now):
        carry_out(attempt=attempt, request_id="time-up", command=TIME_UP, now=now)
