"""`make bench-exam`: a thousand people sit an exam at once, on PostgreSQL, Redis and two web processes.

Seats and papers are made before the bell. Everybody starts at one moment, works for ten minutes with a save every
25 seconds on average, and hands in at one moment; the load comes from a process of its own on the same cores. Every
answer that the server has acknowledged is then looked for in the history and in what the history amounts to.
`N` and `SECONDS` make a smaller trial.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lms.kernel.translations import REPO_DIR
from tests.benchmarks.classroom import handed_in, lost, seat_everybody
from tests.benchmarks.exam_statistics import PAPERS, QUESTIONS, time_statistics
from tests.benchmarks.reporting import Figure, report
from tests.benchmarks.shares import Shares, children_named
from tests.servers.processes import free_port, postgres, redis, wait_for_port

CANDIDATES = int(os.environ.get("N") or 1000)
SECONDS = int(os.environ.get("SECONDS") or 600)
KINDS = ("start", "room", "save", "submit", "bare")
PARTS = {"web": "web processes", "load": "load", "database": "PostgreSQL", "redis": "Redis"}
STATISTICS = f"statistics_{PAPERS}x{QUESTIONS}"
GOALS = {
    "lost_answers": 0.0,
    "server_errors": 0.0,
    "not_handed_in": 0.0,
    "save_per_bare": 2.0,
    "start_per_bare": 4.0,
    "submit_per_bare": 6.0,
    STATISTICS: 10.0,
}


@dataclass(frozen=True)
class Sitting:
    """What the load found, how long it took, and who worked how much meanwhile."""

    found: dict[str, Any]
    seconds: float
    worked: dict[str, float]


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


@contextmanager
def _web() -> Iterator[tuple[int, int]]:
    """Two web processes, as `make run` serves; gives port and process."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "tests.benchmarks.timed:application", "--bind", f"127.0.0.1:{port}",
        "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--log-level", "error",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=REPO_DIR)
    try:
        wait_for_port(port, process, 90)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _warm(port: int, session: str) -> None:
    """Both processes have served every page once, so that none is compiled at the bell."""
    from http.client import HTTPConnection

    for path in ("/bare/", "/exams/") * 12:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
        status = connection.getresponse().status
        connection.close()
        if status != 200:
            raise SystemExit(f"{path} answers {status}")


def _sit(folder: Path, plan: list[dict[str, Any]]) -> Sitting:
    plan_file, findings = folder / "plan.json", folder / "findings.json"
    with _web() as (port, web):
        _warm(port, plan[0]["session"])
        plan_file.write_text(json.dumps({"port": port, "seconds": SECONDS, "candidates": plan}))
        load = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.candidates", plan_file, findings], cwd=REPO_DIR
        )
        roots = {web: "web", load.pid: "load"}
        roots |= dict.fromkeys(children_named("postgres"), "database")
        roots |= dict.fromkeys(children_named("redis-server"), "redis")
        shares = Shares(roots)
        shares.begin()
        os.waitid(os.P_PID, load.pid, os.WEXITED | os.WNOWAIT)  # its processor time is read before it is gone
        seconds, worked = shares.end()
        if load.wait():
            raise SystemExit("the load generator failed")
    return Sitting(json.loads(findings.read_text()), seconds, worked)


def _at(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def _times(found: dict[str, Any]) -> Iterator[tuple[str, Figure]]:
    """Latencies and processor times of each kind of request, and what each costs beside the bare page."""
    for kind in KINDS:
        wall, cpu = found["wall"][kind], found["cpu"][kind]
        yield f"{kind}_requests", Figure(len(wall), "requests")
        yield f"{kind}_p50", Figure(round(_at(wall, 0.5), 1), "ms")
        yield f"{kind}_p95", Figure(round(_at(wall, 0.95), 1), "ms")
        yield f"{kind}_cpu", Figure(round(statistics.median(cpu), 2), "ms")
    yield "cpu_per_1000_saves", Figure(round(statistics.mean(found["cpu"]["save"]), 2), "s")
    bare = statistics.median(found["cpu"]["bare"])
    for kind in ("save", "start", "submit"):
        yield f"{kind}_per_bare", Figure(round(statistics.median(found["cpu"][kind]) / bare, 2), "ratio")


def _outcome(found: dict[str, Any]) -> Iterator[tuple[str, Figure]]:
    """What became of the answers and of the papers."""
    acknowledged = found["acknowledged"]
    missing = lost(acknowledged)
    for each in missing[:5]:
        _say(f"lost: {each}")
    receipts = handed_in()
    kept = sum(receipts.get(uid) == receipt for uid, receipt in found["receipts"].items())
    errors = sum(number for status, number in found["statuses"].items() if status.split()[-1].startswith("5"))
    yield "candidates", Figure(CANDIDATES, "people")
    yield "acknowledged_answers", Figure(sum(len(steps) for steps in acknowledged.values()), "answers")
    yield "lost_answers", Figure(len(missing), "answers")
    yield "server_errors", Figure(errors, "answers of 500 and more")
    yield "broken_connections", Figure(found["broken"], "connections")
    yield "not_handed_in", Figure(CANDIDATES - kept, "papers without the receipt that was given")


def _shares(sitting: Sitting) -> Iterator[tuple[str, Figure]]:
    cores = os.cpu_count() or 1
    yield "sitting", Figure(round(sitting.seconds, 1), "s")
    for part, name in PARTS.items():
        share = 100 * sitting.worked[part] / (sitting.seconds * cores)
        yield f"{part}_share", Figure(round(share, 1), f"per cent of {cores} cores, {name}")


def _judge(figures: dict[str, Figure]) -> None:
    """Each goal with what was measured; NO where it was missed."""
    for key, goal in GOALS.items():
        reached = figures[key].value <= goal
        _say(f"{'yes' if reached else 'NO '} {key} {figures[key].value:g} (at most {goal:g})")


@contextmanager
def _installation() -> Iterator[Path]:
    """PostgreSQL, Redis and an empty data directory, with Django set up on them in this process."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jiqiao-bench-")))
        os.environ.update(
            JIQIAO_DATA_DIR=str(folder),
            JIQIAO_DEMO="1",
            DJANGO_SETTINGS_MODULE="lms.settings.dev",
            DATABASE_URL=stack.enter_context(postgres()),
            REDIS_URL=stack.enter_context(redis()),
        )
        import django
        from django.db import connection

        django.setup()
        stack.callback(connection.close)
        yield folder


def main() -> None:
    with _installation() as folder:
        begun = time.perf_counter()
        plan = list(seat_everybody(CANDIDATES, SECONDS))
        _say(f"{len(plan)} seats, papers and sessions after {time.perf_counter() - begun:.0f} s")
        sitting = _sit(folder, plan)
        for status, number in sorted(sitting.found["statuses"].items()):
            _say(f"{number:6} × {status}")
        figures = dict([*_outcome(sitting.found), *_times(sitting.found), *_shares(sitting)])
        figures[STATISTICS] = Figure(round(time_statistics(), 2), "s")
    _judge(figures)
    report("exam", figures)


if __name__ == "__main__":
    main()
