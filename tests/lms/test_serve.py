"""The supervisor of `make run`: children come back, and none outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lms.serve import REPO_DIR, Child, children

pytestmark = pytest.mark.unit

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def wait_for(condition, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_child_that_dies_is_started_again() -> None:
    child = Child("sleeper", SLEEPER)
    child.start()
    try:
        first = child.process.pid
        os.kill(first, signal.SIGKILL)
        assert wait_for(lambda: child.process.poll() is not None)
        child.keep_alive()
        assert child.process.pid != first
        assert child.process.poll() is None
    finally:
        child.stop()


def test_stopping_ends_the_whole_family(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    child = Child("parent", ["sh", "-c", f"sleep 60 & echo $! > {note}; wait"])
    child.start()
    assert wait_for(lambda: note.exists() and note.read_text().strip() != "")
    grandchild = int(note.read_text())
    child.stop()
    assert child.process.poll() == -signal.SIGTERM
    assert wait_for(lambda: not is_alive(grandchild))


def test_no_child_outlives_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    story = (
        "import time, pathlib; from lms.serve import Child;"
        f"c = Child('sleeper', {SLEEPER!r}); c.start();"
        f"pathlib.Path({str(note)!r}).write_text(str(c.process.pid)); time.sleep(60)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", story], cwd=REPO_DIR)
    assert wait_for(lambda: note.exists() and note.read_text() != "")
    pid = int(note.read_text())
    assert is_alive(pid)
    supervisor.kill()
    supervisor.wait()
    assert wait_for(lambda: not is_alive(pid))


def test_without_redis_one_worker_takes_jobs_from_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert [child.name for child in children(8000)] == ["web", "worker"]


def test_with_redis_celery_carries_and_beat_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:6379/0")
    assert [child.name for child in children(8000)] == ["web", "worker", "scheduler"]


def test_a_taken_port_is_said_in_words() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        outcome = subprocess.run(
            [sys.executable, "-m", "lms.serve"],
            cwd=REPO_DIR,
            env={**os.environ, "PORT": str(port)},
            capture_output=True,
            text=True,
        )
    assert outcome.returncode == 1
    assert f"Port {port} is taken. Try: make run PORT={port + 1}" in outcome.stderr
