"""The platform as WSGI, telling the load test with every answer what processor time its thread took.

A thread serves one request at a time, so the figure is that request's own, whatever else the machine does.
"""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.dev")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.ROOT_URLCONF = "tests.benchmarks.bare"
platform = get_wsgi_application()
HEADER = "X-Thread-Time-Us"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    begun = time.thread_time()

    def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        spent = round((time.thread_time() - begun) * 1_000_000)
        return start_response(status, [*headers, (HEADER, str(spent))], *rest)

    return platform(environ, started)
