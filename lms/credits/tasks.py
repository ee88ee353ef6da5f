"""Background work of the credits."""

from datetime import datetime

from lms.credits.services import trying
from lms.jobs.services.registry import job
from lms.jobs.services.running import JobContext


@job(trying.TRY, atomic=False)
def try_rules(*, job: JobContext, now: datetime, trial_id: int) -> None:
    """Run a draft of credit rules dry."""
    trying.run_trial(job=job, trial_id=trial_id, now=now)
