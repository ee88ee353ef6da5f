"""Background work of the simulations."""

from datetime import datetime

from lms.jobs.services.registry import job
from lms.jobs.services.running import JobContext
from simulations.services import playtesting


@job(playtesting.RUN, atomic=False)
def playtest(*, job: JobContext, now: datetime, run_id: int) -> None:
    """Let bots play a version."""
    playtesting.carry_out(run_id=run_id, now=now)
