"""A rehearsed attempt is the attempt that a person would have played."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from simulations.bots.policies import POLICIES
from simulations.engine.chance import u01
from simulations.engine.view import view
from simulations.enums import AttemptState
from simulations.models import Attempt, AttemptCommand, AttemptEvent, ScoreRun
from simulations.selectors.history import state_of
from simulations.selectors.replay import replay
from simulations.selectors.scenarios import scenario_of
from simulations.services.attempts import begin, offered
from simulations.services.commands import carry_out
from simulations.services.rehearsing import NobodyPlaysForOthers, rehearse_attempt
from simulations.services.scenarios import publish_scenario
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

SCENARIO = "d-01-gas-heater"
PAUSE = timedelta(seconds=40)


@pytest.fixture
def sitting(now) -> dict[str, Any]:
    """Who sits down where, to what."""
    publish_scenario(code=SCENARIO, now=now)
    return {"person": PersonFactory(), "organisation": OrganisationFactory(), "scenario_code": SCENARIO}


def play_by_hand(rehearsed: Attempt, policy: str, seed: str, now: Any) -> Attempt:
    """Another person, the same numbers, one request at a time."""
    seeds = (rehearsed.variant_seed, rehearsed.seed)
    person, organisation = PersonFactory(), rehearsed.organisation
    attempt = begin(person, organisation, offered(SCENARIO), counted=rehearsed.counted, seeds=seeds, now=now)
    bot, draw = POLICIES[policy](), partial(u01, seed, "bot")
    for number in range(1, 200):
        state = state_of(attempt)
        if state.status == "ended":
            return attempt
        now += PAUSE
        command = bot.act(view(scenario_of(attempt), state, reading=True), draw)
        carry_out(attempt=attempt, request_id=f"rehearsal-{number}", command=command, now=now)
    raise AssertionError("the deal did not come to an end")


def traces(attempt: Attempt) -> dict[str, list[dict[str, Any]]]:
    tables = {
        "commands": AttemptCommand.objects.filter(attempt=attempt),
        "events": AttemptEvent.objects.filter(attempt=attempt),
        "scores": ScoreRun.objects.filter(attempt=attempt),
    }
    apart = {"id", "attempt_id"}
    return {
        name: [{field: value for field, value in row.items() if field not in apart} for row in rows.values()]
        for name, rows in tables.items()
    }


@pytest.mark.parametrize("policy", ["novice", "average", "expert"])
def test_a_rehearsed_attempt_leaves_the_rows_of_a_played_one(sitting, policy, now) -> None:
    rehearsed = rehearse_attempt(**sitting, counted=True, policy=policy, seed="one", now=now, pause=PAUSE)
    by_hand = play_by_hand(rehearsed, policy, "one", now)
    assert traces(rehearsed) == traces(by_hand)
    assert len(traces(rehearsed)["commands"]) > 20
    assert (rehearsed.state, rehearsed.ended_at) == (AttemptState.ENDED, by_hand.ended_at)
    assert replay(rehearsed).ok


def test_the_same_seed_plays_the_same_and_another_does_not(sitting, now) -> None:
    def total(seed: str) -> Any:
        attempt = rehearse_attempt(
            **{**sitting, "person": PersonFactory()}, counted=False, policy="good", seed=seed, now=now
        )
        return (scenario_of(attempt).variant_no, ScoreRun.objects.get(attempt=attempt).total)

    assert total("a") == total("a")
    assert total("a") != total("b")


def test_an_attempt_that_is_left_in_the_middle_stays_open(sitting, now) -> None:
    attempt = rehearse_attempt(**sitting, counted=True, policy="good", seed="one", now=now, commands=12)
    assert (attempt.state, attempt.commands.count()) == (AttemptState.OPEN, 12)
    assert state_of(attempt).status == "playing"


def test_nobody_plays_for_others_among_real_people(sitting, now, settings) -> None:
    settings.JIQIAO_DEMO = False
    with pytest.raises(NobodyPlaysForOthers):
        rehearse_attempt(**sitting, counted=True, policy="good", seed="one", now=now)
    assert Attempt.objects.count() == 0
