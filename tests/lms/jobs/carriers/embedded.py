"""A real embedded worker that also knows the test handlers: `python -m tests.lms.jobs.carriers.embedded`."""

import sys

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    from tests.lms.jobs import handlers  # noqa: F401 -- registers them

    call_command("run_jobs", *sys.argv[1:])
