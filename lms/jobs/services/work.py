"""Carrying jobs out: take one, do it, end it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from lms.jobs.enums import JobState
from lms.jobs.models import Job
from lms.jobs.signals import job_failed
from lms.kernel.refusals import Refusal

from . import registry
from .running import JobContext, LeaseLost

Clock = Callable[[], datetime]

_log = logging.getLogger(__name__)
_CANDIDATES = 8
_LONGEST_ERROR = 2000
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)


def pause_after(attempts: int) -> timedelta:
    """How long a job rests after its n-th failure: 5 s, 15 s, 45 s … at most an hour."""
    return min(_FIRST_PAUSE * 3 ** min(attempts - 1, 8), _LONGEST_PAUSE)


def _take(job: Job, *, worker: str, now: datetime, lease: timedelta) -> bool:
    """One conditional UPDATE decides who has the job; `attempts` is the taker's fence."""
    taken = Job.objects.filter(pk=job.pk, state=JobState.QUEUED, attempts=job.attempts, run_after__lte=now).update(
        state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        lease_until=now + lease,
        worker=worker,
        started_at=now,
    )
    return bool(taken)


@transaction.atomic
def _end_attempt(context: JobContext, *, error: str, retry: bool) -> None:
    """Put a failed attempt back into the queue with a pause, or give the job up."""
    now = context.clock()
    outcome = (
        {"state": JobState.QUEUED, "run_after": now + pause_after(context.attempt), "sent_at": None}
        if retry
        else {"state": JobState.FAILED, "ended_at": now}
    )
    mine = Job.objects.filter(pk=context.id, state=JobState.RUNNING, attempts=context.attempt)
    ended = mine.update(lease_until=None, error=error[:_LONGEST_ERROR], **outcome)
    if ended and not retry:
        job_failed.send(sender=Job, job_id=context.id, task=context.task, error=error, now=now)


def _perform(context: JobContext, job: Job, now: datetime) -> None:
    task = registry.find(job.task)
    if task.atomic:
        with context.finish():
            task.handler(job=context, now=now, **job.payload)
        return
    task.handler(job=context, now=now, **job.payload)
    if not context.finished:
        with context.finish():
            pass


def _lease_of(job: Job) -> timedelta:
    try:
        return registry.find(job.task).lease
    except registry.UnknownTask:  # written by a newer release; it fails below, and waits
        return registry.LEASE


def _carry_out(job: Job, *, worker: str, now: datetime, clock: Clock) -> bool:
    lease = _lease_of(job)
    if not _take(job, worker=worker, now=now, lease=lease):
        return False
    attempt = job.attempts + 1
    context = JobContext(job.pk, job.task, job.key, job.owner, attempt, lease, clock)
    try:
        _perform(context, job, now)
    except LeaseLost as lost:
        _log.warning("Given up, another worker has it or it was cancelled: %s", lost)
    except Refusal as refusal:
        _end_attempt(context, error=f"{refusal.code}: {refusal}", retry=False)
    except Exception as fault:  # noqa: BLE001 -- whatever a handler throws
        _log.exception("Attempt %s of job %s (%s) failed", attempt, job.pk, job.task)
        _end_attempt(context, error=f"{type(fault).__name__}: {fault}", retry=attempt < job.max_attempts)
    return True


def run_job(*, job_id: int, worker: str, now: datetime, clock: Clock | None = None) -> bool:
    """Carry out the job of this number; False if it is not due or somebody else has it."""
    job = Job.objects.due(now).filter(pk=job_id).first()
    return job is not None and _carry_out(job, worker=worker, now=now, clock=clock or (lambda: now))


def run_one(*, worker: str, now: datetime, clock: Clock | None = None) -> bool:
    """Carry out the job that has waited longest; False if none is due.

    `clock` tells the time while the work goes on; without it the moment of the call stands still.
    """
    while candidates := list(Job.objects.due(now)[:_CANDIDATES]):
        for job in candidates:
            if _carry_out(job, worker=worker, now=now, clock=clock or (lambda: now)):
                return True
    return False


def drain(*, now: datetime, limit: int = 10_000, worker: str = "drain", clock: Clock | None = None) -> int:
    """Carry out what is due, and what that work itself asks for, until nothing is; gives the number."""
    count = 0
    while count < limit and run_one(worker=worker, now=now, clock=clock):
        count += 1
    return count
