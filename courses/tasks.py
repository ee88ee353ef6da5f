"""The room's recurring work."""

from datetime import datetime, timedelta

from courses.services.drafts import shred_left_drafts
from courses.services.reminding import remind
from courses.services.retaining import shred_old_documents
from lms.jobs.services.registry import recurring
from lms.jobs.services.running import JobContext


@recurring("courses.shred-documents", every=timedelta(hours=6))
def shred_documents(*, job: JobContext, now: datetime) -> None:
    """Forget the papers of applications whose time is over, and those that were never sent."""
    shred_old_documents(now=now)
    shred_left_drafts(now=now)


@recurring("courses.remind", every=timedelta(minutes=15))
def send_reminders(*, job: JobContext, now: datetime) -> None:
    """Tell of tomorrow's exams, offerings that begin, a week without study, records that came back; each once."""
    remind(now=now)
