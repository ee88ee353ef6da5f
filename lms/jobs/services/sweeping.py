"""Taking up again what died: leases that ran out, messages that a broker lost."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from lms.jobs.enums import ENDED_STATES, JobState
from lms.jobs.models import Job
from lms.jobs.signals import job_failed

from . import carrier

_log = logging.getLogger(__name__)

SEND_AGAIN_AFTER = timedelta(seconds=10)
SENT_AT_ONCE = 1000
KEEP_ENDED = timedelta(days=30)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Sweep:
    """What one sweep found."""

    taken_up: int
    given_up: int
    sent: int


@transaction.atomic
def _release(job: Job, now: datetime) -> JobState | None:
    """Free one abandoned job; None if its worker came back, or another sweeper was faster."""
    last = job.attempts >= job.max_attempts
    state = JobState.FAILED if last else JobState.QUEUED
    error = f"The worker {job.worker} fell silent in attempt {job.attempts}."
    released = (
        Job.objects.abandoned(now)
        .filter(pk=job.pk, attempts=job.attempts)
        .update(
            lease_until=None,
            sent_at=None,
            error=error,
            state=state,
            ended_at=now if last else None,
        )
    )
    if released and last:
        job_failed.send(sender=Job, job_id=job.pk, task=job.task, error=error, now=now)
    return state if released else None


def _send_again(now: datetime) -> int:
    unheard = Job.objects.due(now).filter(Q(sent_at=None) | Q(sent_at__lte=now - SEND_AGAIN_AFTER))
    ids = list(unheard.values_list("pk", flat=True)[:SENT_AT_ONCE])
    if not ids or not carrier.wake(ids):
        return 0
    return Job.objects.filter(pk__in=ids).update(sent_at=now)


def sweep(*, now: datetime) -> Sweep:
    """Free abandoned jobs and, with Celery, send again what waits unheard. Any number may sweep at once."""
    outcomes = [_release(job, now) for job in list(Job.objects.abandoned(now).order_by("pk")[:_BATCH])]
    found = Sweep(
        taken_up=outcomes.count(JobState.QUEUED),
        given_up=outcomes.count(JobState.FAILED),
        sent=_send_again(now) if carrier.by_celery() else 0,
    )
    if found.taken_up or found.given_up:
        _log.warning("Jobs of silent workers: %s taken up, %s given up", found.taken_up, found.given_up)
    return found


def forget_ended(*, now: datetime) -> int:
    """Delete jobs that were done or cancelled a month ago; failed ones stay until somebody looks."""
    old = Job.objects.filter(
        state__in=[state for state in ENDED_STATES if state != JobState.FAILED],
        ended_at__lt=now - KEEP_ENDED,
    )
    count, _details = old.delete()
    return count
