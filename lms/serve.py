"""`make run`: migrate, fill the demonstration, then serve web and background work and keep both alive.

Each child is restarted when it dies and never outlives this process. Standard library only until the
children run, so `--stop` needs no virtual environment.
"""

import argparse
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

REPO_DIR = Path(__file__).resolve().parents[1]
RUN_FILE = REPO_DIR / "build" / "run.json"
PR_SET_PDEATHSIG = 1
RESTART_PAUSE_S = 1.0
PEOPLE = 496  # of the demonstration; JIQIAO_DEMO_PEOPLE asks for another number, 0 for the cast alone


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One long-running process and how to start it again."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = field(default=None)
    started: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=REPO_DIR,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 -- this process has no threads
        )

    def keep_alive(self) -> None:
        """Start the process again if it has died, with a pause so that a broken one does not spin."""
        if self.process is None or self.process.poll() is None:
            return
        print(f"{self.name} ended with {self.process.returncode}, starting it again", file=sys.stderr)
        time.sleep(max(0.0, RESTART_PAUSE_S - (time.monotonic() - self.started)))
        self.start()

    def stop(self, seconds: float = 10) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


def _python(*words: str) -> list[str]:
    return [sys.executable, *words]


def children(port: int) -> list[Child]:
    """Web and worker; with Redis the worker is Celery, with its scheduler beside it."""
    web = _python(
        "-m", "gunicorn", "lms.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4",
        "--worker-tmp-dir", "/dev/shm", "--log-level", "warning", "--graceful-timeout", "5",
    )  # fmt: skip
    found = [Child("web", web)]
    if os.environ.get("REDIS_URL"):
        found.append(Child("worker", _python("-m", "celery", "-A", "lms", "worker", "--loglevel", "WARNING")))
        found.append(Child("scheduler", _python("-m", "celery", "-A", "lms", "beat", "--loglevel", "WARNING")))
    else:
        found.append(Child("worker", _python("manage.py", "run_jobs")))
    return found


def _port_is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _prepare() -> list[dict[str, str]]:
    """Bring the database up to date and fill the demonstration; gives its sign-ins."""
    import django  # noqa: PLC0415 -- not needed for --stop
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    settings.JIQIAO_DATA_DIR.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database (once, about 20 seconds) …", flush=True)
        call_command("migrate", verbosity=0)
    if not settings.JIQIAO_DEMO:
        return []
    from lms.demo.populating import people_told  # noqa: PLC0415
    from lms.demo.seeding import seed_demo  # noqa: PLC0415
    from lms.kernel.clock import now  # noqa: PLC0415

    people = people_told()
    if not people:
        people = int(os.environ.get("JIQIAO_DEMO_PEOPLE") or PEOPLE)
        print(f"Filling the demonstration with {people} people (once, about a minute) …", flush=True)
    return seed_demo(now=now(), people=people).logins


def _wait_until_ready(url: str, process: Child, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        process.keep_alive()
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):  # noqa: S310 -- our own loopback address
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The web server did not answer at {url} within {seconds:.0f} seconds.")


def serve(port: int) -> None:
    """Stay in front until a signal comes; write `build/run.json` when ready."""
    if not _port_is_free(port):
        raise SystemExit(f"Port {port} is taken. Try: make run PORT={port + 1}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.dev")
    os.environ.setdefault("JIQIAO_BASE_URL", f"http://localhost:{port}")
    logins = _prepare()
    family = children(port)

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    try:
        for child in family:
            child.start()
        url = os.environ["JIQIAO_BASE_URL"]
        _wait_until_ready(f"http://127.0.0.1:{port}", family[0])
        pids = {"supervisor": os.getpid(), **{c.name: c.process.pid for c in family if c.process}}
        RUN_FILE.parent.mkdir(exist_ok=True)
        RUN_FILE.write_text(json.dumps({"url": url, "pids": pids, "logins": logins}, ensure_ascii=False, indent=1))
        print(f"READY {url}", flush=True)
        while True:
            for child in family:
                child.keep_alive()
            time.sleep(0.5)
    finally:
        for child in reversed(family):
            child.stop()
        RUN_FILE.unlink(missing_ok=True)


def stop() -> None:
    """End a running `make run`, if there is one."""
    if not RUN_FILE.exists():
        print("Nothing is running.")
        return
    supervisor = json.loads(RUN_FILE.read_text())["pids"]["supervisor"]
    try:
        os.kill(supervisor, signal.SIGTERM)
    except ProcessLookupError:
        RUN_FILE.unlink(missing_ok=True)
    deadline = time.monotonic() + 20
    while RUN_FILE.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    print("Stopped.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stop", action="store_true", help="end a running one")
    if parser.parse_args().stop:
        stop()
    else:
        serve(int(os.environ.get("PORT") or 8000))


if __name__ == "__main__":
    main()
