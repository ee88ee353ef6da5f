"""The house's Celery application with the test handlers: `celery -A tests.lms.jobs.carriers.celery_app`."""

import django

django.setup()

from lms.celery import app  # noqa: E402 -- settings first
from tests.lms.jobs import handlers  # noqa: E402, F401 -- registers them

# Ten seconds between ticks suit an installation, not somebody who waits for a test.
app.conf.beat_schedule["jobs-tick"]["schedule"] = 2.0

__all__ = ["app"]
