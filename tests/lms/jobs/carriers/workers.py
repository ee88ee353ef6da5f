"""Starting real workers on the database of this test, killing them without warning, waiting for rows."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection


def database_url() -> str:
    """The database under test as other processes reach it."""
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{here['NAME']}?{urlencode(here['OPTIONS'])}"
    return f"postgresql://{here['USER']}@{here['HOST']}:{here['PORT']}/{here['NAME']}"


class Workers:
    """Processes in groups of their own, so that a kill takes children along."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lms.settings.test",
            "JIQIAO_TEST_DATABASE_URL": database_url(),
            **environment,
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"worker-{len(list(self.folder.iterdir()))}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=settings.REPO_DIR,
            env=self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.running.append(process)
        return process

    def _signal(self, number: signal.Signals) -> None:
        for process in self.running:
            os.killpg(process.pid, number)

    def freeze(self) -> None:
        """Hold every process where it stands."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)
        time.sleep(0.01)

    def kill(self) -> None:
        """SIGKILL to every group: no goodbye, no clean-up."""
        self._signal(signal.SIGKILL)
        for process in self.running:
            process.wait(10)
        self.running.clear()

    def stop(self) -> list[int]:
        """SIGTERM to all, and their exit codes."""
        for process in self.running:
            process.terminate()
        codes = [process.wait(30) for process in self.running]
        self.running.clear()
        return codes

    def logs(self) -> str:
        return "\n".join(path.read_text()[-3000:] for path in sorted(self.folder.iterdir()))


@contextmanager
def workers(folder: Path, **environment: str) -> Iterator[Workers]:
    """Workers that are gone when the test is."""
    folder.mkdir()
    crew = Workers(folder, **environment)
    try:
        yield crew
    finally:
        crew.kill()


def wait_until(there: Callable[[], bool], crew: Workers, seconds: float = 240) -> None:
    """Look again and again; the logs tell why when it does not come."""
    deadline = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < deadline, crew.logs()
        time.sleep(0.05)
