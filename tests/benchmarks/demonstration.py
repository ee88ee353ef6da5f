"""A demonstration of the benchmark's own: a new data directory, seeded, served as `make run` serves it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from lms.kernel.translations import REPO_DIR
from tests.servers.processes import free_port, wait_for_port


@contextmanager
def new_installation() -> Iterator[Path]:
    """Set Django up on an empty data directory in this process, migrated and filled with the small cast."""
    with tempfile.TemporaryDirectory(prefix="jiqiao-bench-") as folder:
        os.environ.update(
            JIQIAO_DATA_DIR=folder,
            JIQIAO_DEMO="1",
            DJANGO_SETTINGS_MODULE="lms.settings.dev",
            DATABASE_URL="",
            REDIS_URL="",
        )
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("seed_demo", stdout=StringIO())
        yield Path(folder)


@contextmanager
def served() -> Iterator[str]:
    """The installation behind two web processes, as in `make run`; gives its address."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "lms.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2",
        "--threads", "4", "--log-level", "error",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=REPO_DIR)
    try:
        wait_for_port(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
