from datetime import datetime

from certificates.selectors.certificates import certificate_by_id
from certificates.services.issuing import RENDER
from certificates.services.rendering import render_certificate
from lms.jobs.services.registry import job as handles
from lms.jobs.services.running import JobContext


@handles(RENDER, atomic=False)
def render(*, job: JobContext, now: datetime, certificate_id: int) -> None:
    """Make a certificate's PDF."""
    render_certificate(certificate=certificate_by_id(certificate_id), now=now, finish=job.finish)
