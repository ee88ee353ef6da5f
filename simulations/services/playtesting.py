"""Playtests: bots play a version many times in the background, and what comes out is kept with it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.jobs.services.queue import enqueue
from lms.kernel.refusals import Conflict
from simulations.bots.trial import trial
from simulations.enums import PlaytestState, VersionState
from simulations.models import PlaytestRun, ScenarioVersion
from simulations.selectors.authoring import Figures, missed_in, playtest_under_way
from simulations.selectors.scenarios import scenario_in

from .authoring import mark_tested, may_write

if TYPE_CHECKING:
    from lms.accounts.models import User

RUN = "simulations.playtest"
PLAYS = 500
SEED = 1


class PlaytestUnderWay(Conflict):
    code = "playtest-under-way"
    message = _("A playtest of this version is under way. Wait for its figures.")


class NothingToTest(Conflict):
    code = "playtest-of-retired"
    message = _("A retired version is not tested any more.")


@transaction.atomic
def ask_playtest(*, version: ScenarioVersion, asked_by: "User", now: datetime) -> PlaytestRun:
    """Have bots play a version; one playtest at a time."""
    may_write(asked_by)
    held = ScenarioVersion.objects.select_for_update().get(pk=version.pk)
    if held.state == VersionState.RETIRED:
        raise NothingToTest
    if playtest_under_way(held):
        raise PlaytestUnderWay
    run = PlaytestRun.objects.create(
        version=held, source="desk", plays=PLAYS, seed=SEED, asked_by=asked_by, asked_at=now
    )
    enqueue(task=RUN, key=f"run:{run.pk}", payload={"run_id": run.pk}, owner=f"user:{asked_by.pk}", now=now)
    return run


def carry_out(*, run_id: int, now: datetime) -> None:
    """Let the bots play. The same seed plays the same, so a killed run is simply run again."""
    run = PlaytestRun.objects.select_related("version").get(pk=run_id)
    if run.state == PlaytestState.DONE:
        return
    figures = trial(scenario_in(run.version), plays=run.plays, seed=run.seed)
    _finish(run, figures, now)


@transaction.atomic
def _finish(run: PlaytestRun, figures: Figures, now: datetime) -> None:
    run.state = PlaytestState.DONE
    run.figures = figures
    run.hard_bars_hold = not missed_in(figures).hard
    run.ended_at = now
    run.save(update_fields=["state", "figures", "hard_bars_hold", "ended_at"])
    mark_tested(version=run.version, now=now)


@transaction.atomic
def keep_run(*, version: ScenarioVersion, source: str, figures: Figures, now: datetime) -> PlaytestRun:
    """Keep a playtest that was made elsewhere, and take the version for tested."""
    run = PlaytestRun.objects.create(
        version=version, source=source, plays=figures["plays"], seed=figures["seed"], asked_at=now
    )
    _finish(run, figures, now)
    return run
