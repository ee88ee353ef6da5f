"""Work for tests only: real processes find it because their entry modules import it."""

import time
from datetime import datetime, timedelta

from lms.jobs.services.registry import job as background
from lms.jobs.services.running import JobContext
from lms.records.services.audit import record

LEASE = timedelta(seconds=3)
SECONDS_OF_WORK = 0.05


def _leave_a_trace(job: JobContext, number: int, now: datetime) -> None:
    """An effect that shows how often it happened: the audit book forbids to tidy up afterwards."""
    record(action=job.task, actor=f"attempt:{job.attempt}", subject=f"tests.effect:{number}", now=now)


@background("tests.short", lease=LEASE)
def short(*, job: JobContext, now: datetime, number: int) -> None:
    """The whole work in one transaction, and time to be killed in it."""
    _leave_a_trace(job, number, now)
    time.sleep(SECONDS_OF_WORK / 5)


@background("tests.long", lease=LEASE, atomic=False)
def long(*, job: JobContext, now: datetime, number: int) -> None:
    """Most of the work outside the transaction, as for a mail or a PDF."""
    for step in range(2):
        time.sleep(SECONDS_OF_WORK / 2)
        job.report(progress=step + 1, total=2)
    with job.finish():
        _leave_a_trace(job, number, now)
