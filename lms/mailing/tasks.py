from datetime import datetime

from lms.jobs.services.registry import job as background
from lms.jobs.services.running import JobContext

from .services.delivery import deliver
from .services.outbox import DELIVER


@background(DELIVER, atomic=False, max_attempts=20)
def deliver_message(*, job: JobContext, now: datetime, message_id: int) -> None:
    """Hand one mail over; half a day of a silent mail server is bridged."""
    deliver(message_id=message_id, now=now, finish=job.finish)
