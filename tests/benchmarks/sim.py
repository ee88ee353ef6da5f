"""`make bench-sim`: how fast the deal engine is, whether it repeats itself, and how long a command takes.

Pure functions are timed one by one. Ten thousand attempts by chance (`N=…`) are played in three processes with three
hash seeds; each is decided again from its commands and folded again from its stored events. Commands then go through
the API of an embedded installation: SQLite, one process, as `make run` sets it up.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lms.kernel.translations import REPO_DIR
from simulations import library
from simulations.engine import frontier
from simulations.engine.apply import fold
from simulations.engine.decide import decide
from simulations.engine.scenario import Scenario
from simulations.engine.scoring import score
from simulations.engine.varying import rebuilt
from simulations.engine.view import view
from tests.benchmarks.reporting import Figure, report
from tests.simulations.engine.players import Play, play

ATTEMPTS = int(os.environ.get("N") or 10_000)
HASH_SEEDS = ("0", "1", "4711")
CASE = "d-01-gas-heater"
PLAYS = 12
GOALS = {
    "fold_60_events": 1.0,
    "decide_p95": 5.0,
    "score_p95": 20.0,
    "frontier_500k": 150.0,
    "unequal_attempts": 0.0,
    "digests": 1.0,
    "command_p95": 50.0,
}


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _timed(act: Callable[[], object], times: int) -> list[float]:
    act()
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        spent.append(1000 * (time.perf_counter() - begun))
    return spent


def _at(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def _engine() -> Iterator[tuple[str, Figure]]:
    """The pure functions, on attempts by chance at a case of the library."""
    base = library.scenario(CASE)
    done = [play(base, f"speed:{n}") for n in range(PLAYS)]
    longest = max(done, key=lambda each: len(each.events))
    sixty = longest.events[:60]
    yield "fold_60_events", Figure(round(statistics.median(_timed(lambda: fold(sixty), 200)), 3), "ms")
    yield "view_p50", Figure(round(statistics.median(_views(longest)), 3), "ms")
    decided = [spent for each in done for spent in _decisions(each)]
    yield "decide_p50", Figure(round(statistics.median(decided), 3), "ms")
    yield "decide_p95", Figure(round(_at(decided, 0.95), 3), "ms")
    scored = [spent for each in done for spent in _timed(lambda each=each: score(each.sc, each.state), 20)]
    yield "score_p95", Figure(round(_at(scored, 0.95), 2), "ms")


def _views(done: Play) -> list[float]:
    st = fold(done.events)
    return _timed(lambda: view(done.sc, st), 100)


def _decisions(done: Play) -> Iterator[float]:
    """How long each command of an attempt takes to decide, in the state in which it was given."""
    numbers = sorted({event.cmd for event in done.events if event.cmd})
    for number, command in zip(numbers, done.commands, strict=True):
        st = fold(event for event in done.events if event.cmd < number)
        begun = time.perf_counter()
        decide(done.sc, st, command)
        yield 1000 * (time.perf_counter() - begun)


def _half_a_million(sc: Scenario) -> Scenario:
    """The same case on a grid of about 500,000 outcomes."""
    issues = dict(sc.issues)
    for name, steps in (("cost", 12), ("fee", 6), ("cycle", 11)):
        issue = issues[name]
        issues[name] = rebuilt(issue, step=(issue.high - issue.low) / (steps - 1))
    return rebuilt(sc, issues=issues)


def _grid() -> Iterator[tuple[str, Figure]]:
    spent = []
    for number in range(1, 6):
        sc = _half_a_million(library.scenario(CASE).varied("", number))
        partner = sc.talks.partners[-1]
        key = sc.sha256  # the hash is made when an attempt begins
        begun = time.perf_counter()
        seen = frontier.outlook(sc, partner)
        spent.append(1000 * (time.perf_counter() - begun))
        assert key
    yield "frontier_outcomes", Figure(seen.count, "outcomes")
    yield "frontier_500k", Figure(round(statistics.median(spent), 1), "ms")


def _fuzz() -> Iterator[tuple[str, Figure]]:
    each = -(-ATTEMPTS // len(HASH_SEEDS))
    found = []
    for seed in HASH_SEEDS:
        command = [sys.executable, "-m", "tests.benchmarks.sim_fuzz", str(each)]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, cwd=REPO_DIR, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        found.append(json.loads(done.stdout))
        _say(f"hash seed {seed}: {each} attempts, {found[-1]['unequal']} came out otherwise")
    yield "fuzzed_attempts", Figure(each * len(HASH_SEEDS), "attempts")
    yield "unequal_attempts", Figure(sum(one["unequal"] for one in found), "attempts")
    yield "digests", Figure(len({one["digest"] for one in found}), "different histories over three hash seeds")


def _commands() -> Iterator[tuple[str, Figure]]:
    """The commands of attempts by chance, through the API, with SQLite."""
    from tests.benchmarks.sim_api import answered

    spent = answered(CASE, PLAYS)
    waited = [wall for wall, _worked in spent]
    yield "commands", Figure(len(spent), "commands")
    yield "command_p50", Figure(round(statistics.median(waited), 1), "ms")
    yield "command_p95", Figure(round(_at(waited, 0.95), 1), "ms")
    yield "command_cpu_p95", Figure(round(_at([worked for _wall, worked in spent], 0.95), 1), "ms of processor time")


def _judge(figures: dict[str, Figure]) -> None:
    for key, goal in GOALS.items():
        reached = figures[key].value <= goal
        _say(f"{'yes' if reached else 'NO '} {key} {figures[key].value:g} (at most {goal:g})")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="jiqiao-bench-") as folder:
        os.environ |= {"JIQIAO_DATA_DIR": str(Path(folder)), "JIQIAO_DEMO": "1"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "lms.settings.dev"
        figures = dict([*_engine(), *_grid(), *_commands(), *_fuzz()])
    _judge(figures)
    report("sim", figures)


if __name__ == "__main__":
    main()
