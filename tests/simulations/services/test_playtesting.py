"""Playtests as jobs: one at a time, repeatable after a kill, and what they find is kept with the version."""

import pytest

from simulations.enums import PlaytestState, VersionState
from simulations.models import PlaytestRun
from simulations.services import playtesting
from simulations.services.authoring import upload_scenario
from simulations.services.playtesting import PlaytestUnderWay, ask_playtest, carry_out
from tests.factories.accounts import UserFactory
from tests.factories.simulations import SOUND_SMALL

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def short(monkeypatch) -> None:
    monkeypatch.setattr(playtesting, "PLAYS", 4)


@pytest.fixture
def asked(now):
    author = UserFactory(is_superuser=True)
    version = upload_scenario(content=SOUND_SMALL.encode(), uploaded_by=author, now=now)
    return ask_playtest(version=version, asked_by=author, now=now)


def test_one_playtest_of_a_version_at_a_time(asked, now) -> None:
    with pytest.raises(PlaytestUnderWay):
        ask_playtest(version=asked.version, asked_by=asked.asked_by, now=now)


def test_what_bots_find_is_kept_and_the_draft_is_tested(asked, now) -> None:
    carry_out(run_id=asked.pk, now=now)

    run = PlaytestRun.objects.get()
    run.version.refresh_from_db()
    assert (run.state, run.version.state) == (PlaytestState.DONE, VersionState.TESTED)
    assert run.figures["policies"]["expert"]["n"] == 4
    assert run.hard_bars_hold == all(bar["ok"] for bar in run.figures["bars"] if bar["hard"])


def test_a_run_that_is_carried_out_twice_is_one_run(asked, now) -> None:
    carry_out(run_id=asked.pk, now=now)
    first = PlaytestRun.objects.get().figures
    carry_out(run_id=asked.pk, now=now)
    assert PlaytestRun.objects.get().figures == first
