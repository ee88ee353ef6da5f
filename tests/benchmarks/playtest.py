"""`make playtest`: every scenario is played by every bot, measured against its bars, and reported on.

Pages go to `docs/reference/playtests`, figures beside each scenario; the run ends with one table of all of them.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

from lms.kernel.translations import REPO_DIR
from simulations import library
from simulations.bots.trial import trial
from simulations.management.commands.sim_playtest import keep_report
from tests.benchmarks.reporting import Figure, report

PLAYS = int(os.environ.get("PLAYS", "500"))
SEED = int(os.environ.get("SEED", "1"))
JOBS = 2
PAGES = REPO_DIR / "docs" / "reference" / "playtests"
SHOWN = ("random", "greedy", "novice", "average", "good", "expert")


def main() -> int:
    """Play the whole library; 0 when every hard bar holds and every printed one holds or is waived."""
    began = monotonic()
    reports = dict(_played(PAGES))
    for line in _table(reports):
        sys.stdout.write(line + "\n")
    hard = sum(_missed(each, hard=True) for each in reports.values())
    printed = sum(_missed(each, hard=False) for each in reports.values())
    means = {f"expert_{code}": Figure(each["policies"]["expert"]["mean"], "points") for code, each in reports.items()}
    report(
        "playtest",
        {
            "scenarios": Figure(len(reports), "scenarios"),
            "plays_per_policy": Figure(PLAYS, "plays"),
            "seconds": Figure(round(monotonic() - began), "s"),
            "hard_bars_missed": Figure(hard, "bars"),
            "printed_bars_missed": Figure(printed, "bars"),
            **means,
        },
    )
    return 1 if hard or printed else 0


def _played(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for code in library.codes():
        began = monotonic()
        done = trial(library.scenario(code), plays=PLAYS, seed=SEED, jobs=JOBS)
        keep_report(library.scenario(code), done, folder)
        sys.stdout.write(f"{code}: {monotonic() - began:.0f} s\n")
        sys.stdout.flush()
        yield code, done


def _missed(each: dict[str, Any], *, hard: bool) -> int:
    waived = set() if hard else {waiver["bar"] for waiver in library.waivers_of(each["scenario"])}
    return sum(not bar["ok"] and bar["hard"] is hard and bar["name"] not in waived for bar in each["bars"])


def _table(reports: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield f"{'scenario':26}" + "".join(f"{name:>9}" for name in SHOWN) + f"{'alpha':>7}{'SEM':>6}{'ICC':>6}  missed"
    for code, each in reports.items():
        means = "".join(f"{each['policies'][name]['mean']:9.1f}" for name in SHOWN)
        found = each["reliability"]
        missed = f"{_missed(each, hard=True)} hard, {_missed(each, hard=False)} printed"
        yield f"{code:26}{means}{found['alpha']:7.2f}{found['sem1']:6.1f}{found['icc1']:6.2f}  {missed}"


if __name__ == "__main__":
    sys.exit(main())
