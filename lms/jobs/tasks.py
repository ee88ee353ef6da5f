"""The two messages that Celery carries, and this room's own recurring work."""

from datetime import datetime, timedelta
from typing import Any

from celery import shared_task

from lms.kernel import clock

from .services.registry import recurring
from .services.running import JobContext
from .services.scheduling import tick
from .services.sweeping import forget_ended, sweep
from .services.work import run_job


@shared_task(name="jobs.run", bind=True)
def run(self: Any, *, job_id: int) -> None:
    """Carry out one job; a message that comes twice finds nothing left to do."""
    run_job(job_id=job_id, worker=str(self.request.hostname), now=clock.now(), clock=clock.now)


@shared_task(name="jobs.tick")
def beat() -> None:
    """Sweep and start rounds; sent by Celery's beat every ten seconds."""
    now = clock.now()
    sweep(now=now)
    tick(now=now)


@recurring("jobs.forget-ended", every=timedelta(days=1))
def forget(*, job: JobContext, now: datetime) -> None:
    """Keep the table small."""
    forget_ended(now=now)
