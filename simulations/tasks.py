"""Background work of the simulations."""

from datetime import datetime, timedelta

from lms.jobs.services.registry import job, recurring
from lms.jobs.services.running import JobContext
from simulations.services import playtesting, rescoring, timing


@job(playtesting.RUN, atomic=False)
def playtest(*, job: JobContext, now: datetime, run_id: int) -> None:
    """Let bots play a version."""
    playtesting.carry_out(run_id=run_id, now=now)


@recurring("simulations.close-overdue", every=timedelta(minutes=1))
def close_overdue(*, job: JobContext, now: datetime) -> None:
    """Look for attempts whose time is over."""
    timing.close_overdue(now=now)


@job(timing.CLOSE)
def close_attempt(*, job: JobContext, now: datetime, attempt_id: int) -> None:
    """Close one of them as it stands."""
    timing.close_late(attempt_id=attempt_id, now=now)


@job(rescoring.DRY_RUN, atomic=False)
def try_rescore(*, job: JobContext, now: datetime, rescore_id: int) -> None:
    """Compute dry whose score a corrected rubric would change."""
    rescoring.dry_run(job=job, rescore_id=rescore_id, now=now)


@job(rescoring.WRITE, atomic=False)
def write_rescore(*, job: JobContext, now: datetime, rescore_id: int) -> None:
    """Write the new scores of an approved rescore, batch by batch."""
    rescoring.write(job=job, rescore_id=rescore_id, now=now)
