"""`journey`: one trainee walks the whole way, from the roster to a certificate that a stranger verifies.

Each step goes through services or HTTP as its person would; the clock is injected and only moves forward.
A step that does not come to what it should ends the story, and the steps after it are written down as not done.
"""

import json
import time
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from lms.accounts.selectors.users import user_by_mail
from lms.kernel.clock import HeldClock, held_at
from lms.kernel.levels import LevelCode
from lms.kernel.refusals import Refusal

from . import cast
from .seeding import seed_demo
from .steps import STEPS
from .story import Report, Step, StepFailed, Story
from .visiting import Visitor, letterbox

# The story takes three days; it began a week ago, so that nothing in it lies in the future.
BEGAN_BEFORE = timedelta(days=7)


def _learner(seed: int, run: int) -> cast.Learner:
    """The trainee of this run: a new person each time, the same for the same seed and run."""
    number = seed * 1000 + run
    return cast.Learner(
        email=f"journey.{seed}.{run}@jiqiao.example",
        name="安若桥",
        latin_name="AN Ruoqiao",
        born=(datetime(1990, 1, 1) + timedelta(days=number % 5000)).date(),  # noqa: DTZ001 -- a calendar day
        order=200 + number % 700,
        employer="汾川精密仪器公司（虚构）",
    )


def _new_learner(seed: int) -> cast.Learner:
    run = 1
    while user_by_mail(_learner(seed, run).email):
        run += 1
    return _learner(seed, run)


def _begin(folder: Path, seed: int, clock: HeldClock, now: datetime) -> Story:
    seeded = seed_demo(now=now)
    learner = _new_learner(seed)
    return Story(
        folder=folder,
        seed=seed,
        clock=clock,
        seeded=seeded,
        learner=learner,
        trainee=Visitor(learner.email),
        manager=Visitor(cast.MANAGER.email),
        certifier=Visitor(cast.CERTIFIER.email),
        stranger=Visitor(),
    )


def _walk(story: Story, steps: list[tuple[str, Step]]) -> list[Report]:
    reports: list[Report] = []
    failed = False
    for name, step in steps:
        started = time.perf_counter()
        ref = ""
        if not failed:
            try:
                ref = step(story)
            except Refusal as refusal:
                failed, ref = True, str(refusal)
        reports.append(Report(name, bool(ref) and not failed, round(time.perf_counter() - started, 3), ref))
    return reports


def walk(*, folder: Path, level: LevelCode, seed: int, now: datetime) -> list[Report]:
    """Walk the way for `level` and write every file of the outside contract into `folder`."""
    if level not in STEPS:
        raise StepFailed(step=level.value, why="this scheme version has no way to walk for the level yet")
    folder.mkdir(parents=True, exist_ok=True)
    with held_at(now - BEGAN_BEFORE) as clock, letterbox():
        story = _begin(folder, seed, clock, now)
        reports = _walk(story, STEPS[level])
    (folder / "journey.json").write_text(
        json.dumps([asdict(report) for report in reports], ensure_ascii=False, indent=1)
    )
    return reports
