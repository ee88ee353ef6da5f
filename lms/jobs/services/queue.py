"""Asking for background work, and taking the request back."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.jobs.enums import OPEN_STATES, JobState
from lms.jobs.models import Job
from lms.kernel.refusals import Conflict

from . import carrier, registry


class AlreadyEnded(Conflict):
    """The work was done, had failed or was cancelled before."""

    code = "job-ended"
    message = _("This work has already ended.")


def _open_job(task: str, key: str) -> Job | None:
    return Job.objects.open().filter(task=task, key=key).first() if key else None


def _add(job: Job) -> Job | None:
    """Save the row; None if the same work came in from elsewhere at this moment."""
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        if not job.key:
            raise
        return None
    return job


@transaction.atomic
def enqueue(
    *,
    task: str,
    key: str = "",
    payload: dict[str, Any],
    now: datetime,
    run_after: datetime | None = None,
    owner: str = "",
) -> Job:
    """Write a job into the caller's transaction; it is carried out after the commit.

    While a job of this task and `key` waits or runs, that one is answered: let a key name work that is
    done once (`message:12`). `payload` holds ids. `owner` (`user:<id>`) may follow and cancel it.
    """
    kind = registry.find(task)
    start = run_after or now
    by_celery = carrier.by_celery() and start <= now
    while True:
        waiting = _open_job(task, key)
        if waiting:
            return waiting
        job = _add(
            Job(
                task=task,
                key=key,
                payload=payload,
                owner=owner,
                max_attempts=kind.max_attempts,
                run_after=start,
                sent_at=now if by_celery else None,
                created_at=now,
            )
        )
        if job:
            break
    if by_celery:
        transaction.on_commit(partial(carrier.wake, [job.pk]), robust=True)
    return job


@transaction.atomic
def cancel(*, job_id: int, now: datetime) -> None:
    """End a job that waits, or take a running one out of its worker's hands: its effect is not written."""
    ended = Job.objects.filter(pk=job_id, state__in=OPEN_STATES).update(
        state=JobState.CANCELLED, lease_until=None, ended_at=now
    )
    if not ended:
        raise AlreadyEnded
