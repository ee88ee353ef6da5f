"""Background work of the exams: nobody's paper waits for its owner to come back."""

from datetime import datetime, timedelta

from lms.exams.services import attempts
from lms.jobs.services.registry import job, recurring
from lms.jobs.services.running import JobContext


@recurring("exams.close-overdue", every=timedelta(minutes=1))
def close_overdue(*, job: JobContext, now: datetime) -> None:
    """Look for attempts whose time has run out."""
    attempts.close_overdue(now=now)


@job(attempts.CLOSE)
def close_attempt(*, job: JobContext, now: datetime, attempt_id: int) -> None:
    """Hand one of them in."""
    attempts.close(attempt_id=attempt_id, now=now)
