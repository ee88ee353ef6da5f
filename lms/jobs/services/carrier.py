"""Waking a worker: with Celery a message carries the number of the job, embedded workers look by themselves."""

import logging
from collections.abc import Iterable
from functools import lru_cache

from celery import Celery
from django.conf import settings

RUN = "jobs.run"
SECONDS_TO_BROKER = 2

_log = logging.getLogger(__name__)


def by_celery() -> bool:
    """Whether messages are sent at all."""
    return bool(settings.JOBS_CARRIER == "celery")


@lru_cache(maxsize=4)
def _sender(broker_url: str) -> Celery:
    """A client of the broker that gives up soon: whoever saves a page must not wait for Redis."""
    app = Celery("jiqiao-sender", broker=broker_url, set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.update(
        broker_url=broker_url,
        broker_connection_timeout=SECONDS_TO_BROKER,
        broker_transport_options={
            "socket_connect_timeout": SECONDS_TO_BROKER,
            "socket_timeout": SECONDS_TO_BROKER,
        },
    )
    return app


def wake(job_ids: Iterable[int]) -> bool:
    """Send the numbers of jobs that are due; False if the broker did not take them.

    A lost message costs seconds, never a job: the sweeper sends again what still waits.
    """
    try:
        for job_id in job_ids:
            _sender(settings.CELERY_BROKER_URL).send_task(RUN, kwargs={"job_id": job_id}, retry=False)
    except Exception:  # noqa: BLE001 -- any broker fault alike
        _log.warning("The broker cannot be reached; the sweeper will send again.", exc_info=True)
        return False
    return True
