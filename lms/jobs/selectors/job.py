"""Looking at background work."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from lms.jobs.enums import JobState
from lms.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Health:
    """How the queue stands; `longest_wait` is that of the oldest job that could run and does not."""

    due: int
    running: int
    abandoned: int
    failed: int
    longest_wait: timedelta


def jobs_of(user: Any) -> QuerySet[Job]:
    """The work that `user` may follow, newest first."""
    return Job.objects.visible_to(user).order_by("-created_at", "-pk")


def health(now: datetime) -> Health:
    """The state of the queue in one query, for operators and `/readyz`."""
    due = Q(state=JobState.QUEUED, run_after__lte=now)
    figures = Job.objects.aggregate(
        due=Count("pk", filter=due),
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        abandoned=Count("pk", filter=Q(state=JobState.RUNNING, lease_until__lt=now)),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
        oldest=Min("run_after", filter=due),
    )
    oldest = figures.pop("oldest")
    return Health(longest_wait=now - oldest if oldest else timedelta(0), **figures)
