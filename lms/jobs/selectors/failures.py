"""What failed and waits for somebody to look, and whether the worker is alive."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Subquery, Window

from lms.jobs.enums import JobState
from lms.jobs.models import Job, Recurrence

# The worker ticks every ten seconds; rounds that are due and not begun for this long mean that it does not.
SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Failures:
    """The newest failed jobs and how many there are."""

    first: tuple[Job, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Pulse:
    """When the worker last ended a job, and the round it should have begun first."""

    last_ended_at: datetime | None
    next_round_at: datetime | None

    def silent(self, now: datetime) -> bool:
        """Whether no worker seems to run: a round is overdue, or no round was ever planned."""
        return self.next_round_at is None or self.next_round_at < now - SILENT_AFTER


def failures(user: Any, most: int = 5) -> Failures:
    """Failed jobs that `user` may see, newest first (one query)."""
    found = Job.objects.visible_to(user).filter(state=JobState.FAILED).annotate(in_all=Window(Count("pk")))
    rows = list(found.order_by("-ended_at", "-pk")[:most])
    return Failures(tuple(rows), rows[0].in_all if rows else 0)


def pulse() -> Pulse:
    """Signs of life of the worker (one query)."""
    ended = Job.objects.filter(state=JobState.DONE).order_by().values("state").annotate(last=Max("ended_at"))
    found = Recurrence.objects.aggregate(next=Min("next_at"), last=Max(Subquery(ended.values("last")[:1])))
    return Pulse(found["last"], found["next"])
