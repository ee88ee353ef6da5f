"""The room's recurring work."""

from datetime import datetime, timedelta

from lms.jobs.services.registry import recurring
from lms.jobs.services.running import JobContext
from lms.marking.services import reminding


@recurring("marking.remind", every=timedelta(minutes=30))
def remind(*, job: JobContext, now: datetime) -> None:
    """Tell markers of rounds that are nearly due, or have just been; each once."""
    reminding.remind(now=now)
