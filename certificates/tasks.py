from datetime import datetime, timedelta

from certificates.selectors.certificates import certificate_by_id
from certificates.services.issuing import RENDER
from certificates.services.reminding_renewals import remind_of_renewals, write_down_lapses
from certificates.services.rendering import render_certificate
from lms.jobs.services.registry import job as handles
from lms.jobs.services.registry import recurring
from lms.jobs.services.running import JobContext


@handles(RENDER, atomic=False)
def render(*, job: JobContext, now: datetime, certificate_id: int) -> None:
    """Make a certificate's PDF."""
    render_certificate(certificate=certificate_by_id(certificate_id), now=now, finish=job.finish)


@recurring("certificates.renewals", every=timedelta(minutes=30))
def keep_the_calendar(*, job: JobContext, now: datetime) -> None:
    """Write down lapses, and remind holders whose certificates end within half a year; each once."""
    write_down_lapses(now=now)
    remind_of_renewals(now=now)
