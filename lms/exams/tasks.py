"""Background work of the exams: nobody's paper waits for its owner to come back."""

from datetime import datetime, timedelta

from lms.exams.services import attempts, focus, proposing, regrading, results, scripts, seating, statistics
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


@recurring("exams.forget-focus", every=timedelta(hours=6))
def forget_focus(*, job: JobContext, now: datetime) -> None:
    """Delete the notes of left windows whose term is over."""
    focus.forget_focus(now=now)


@job(results.PUBLISH)
def publish_result(*, job: JobContext, now: datetime, result_id: int) -> None:
    """Let out a result whose moment has come."""
    results.publish_later(result_id=result_id, now=now)


@job(seating.SEAT_COHORT, atomic=False)
def seat_cohort(*, job: JobContext, now: datetime, exam_id: int, cohort: str) -> None:
    """Seat a whole cohort; cancelled or taken away, it stops before the next row."""
    seating.seat_cohort(exam_id=exam_id, cohort=cohort, actor=job.owner, now=now, report=job.report)


@job(statistics.COMPUTE)
def compute_statistics(*, job: JobContext, now: datetime, exam_id: int) -> None:
    """Compute the statistics of an exam."""
    statistics.compute_statistics(exam_id=exam_id, now=now)


@job(proposing.DRY_RUN, atomic=False)
def compute_regrade(*, job: JobContext, now: datetime, regrade_id: int) -> None:
    """Compute dry whose result a correction would change."""
    regrading.dry_run(job=job, regrade_id=regrade_id, now=now)


@job(regrading.WRITE, atomic=False)
def write_regrade(*, job: JobContext, now: datetime, regrade_id: int) -> None:
    """Write the new results of an approved correction, batch by batch."""
    regrading.write(job=job, regrade_id=regrade_id, now=now)


@recurring("exams.open-rounds", every=timedelta(minutes=15))
def open_rounds(*, job: JobContext, now: datetime) -> None:
    """Open the marking rounds of exams that come and hold essays, so that their leads can set rules and markers."""
    scripts.open_rounds_ahead(now=now)
