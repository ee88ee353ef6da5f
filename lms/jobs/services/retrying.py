"""Starting failed work again by hand, after somebody has looked at why it failed."""

from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.jobs.enums import JobState
from lms.jobs.models import Job
from lms.kernel.refusals import Conflict, NotFound

from . import carrier, registry


class NoSuchJob(NotFound):
    """There is no job of this number."""

    code = "no-such-job"
    message = _("There is no such work.")


class NotFailed(Conflict):
    """Only what has failed is started again."""

    code = "job-not-failed"
    message = _("This work has not failed, so there is nothing to start again.")


class UnderWayElsewhere(Conflict):
    """The same work was asked for anew in the meantime."""

    code = "job-under-way"
    message = _("The same work is under way again already.")


@transaction.atomic
def retry(*, job_id: int, now: datetime) -> Job:
    """Let a failed job wait again with a fresh count of attempts; its last error stays until it is done."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        raise NoSuchJob
    try:
        with transaction.atomic():
            freed = Job.objects.filter(pk=job_id, state=JobState.FAILED).update(
                state=JobState.QUEUED,
                ended_at=None,
                run_after=now,
                sent_at=None,
                max_attempts=job.attempts + _attempts(job.task),
            )
    except IntegrityError:
        raise UnderWayElsewhere from None
    if not freed:
        raise NotFailed
    if carrier.by_celery():
        transaction.on_commit(partial(carrier.wake, [job_id]), robust=True)
    job.refresh_from_db()
    return job


def _attempts(task: str) -> int:
    try:
        return registry.find(task).max_attempts
    except registry.UnknownTask:  # written by a newer release, which will carry it out
        return registry.MAX_ATTEMPTS
