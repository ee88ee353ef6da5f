"""Background work of the credits."""

from datetime import datetime, timedelta
from typing import Any

from lms.credits.services import papers, reminding, sampling, sealing, trying
from lms.jobs.services.registry import job, recurring
from lms.jobs.services.running import JobContext


@job(trying.TRY, atomic=False)
def try_rules(*, job: JobContext, now: datetime, trial_id: int) -> None:
    """Run a draft of credit rules dry."""
    trying.run_trial(job=job, trial_id=trial_id, now=now)


@job(papers.MAKE, atomic=False, lease=timedelta(minutes=30))
def make_paper(*, job: JobContext, now: datetime, **order: Any) -> None:
    """Print a paper about somebody's credits."""
    papers.make_paper(order=papers.Order(**order), now=now, finish=job.finish)


@recurring("credits.seal-books", every=timedelta(hours=1))
def seal_books(*, job: JobContext, now: datetime) -> None:
    """Seal what was written since the last seals."""
    sealing.seal_books(now=now)


@recurring("credits.draw-samples", every=timedelta(hours=6))
def draw_samples(*, job: JobContext, now: datetime) -> None:
    """Draw among last month's confirmed claims, once the ledger was sealed after the month."""
    sampling.draw_samples(now=now)


@recurring("credits.remind", every=timedelta(minutes=30))
def send_reminders(*, job: JobContext, now: datetime) -> None:
    """Tell of claims that wait too long, claims to complete and credits that stop counting; each once."""
    reminding.remind(now=now)
