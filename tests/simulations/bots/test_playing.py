"""Bots at the gas heater, with as many plays as a quick test allows; `sim_playtest` sends out more."""

import pytest

from simulations import library
from simulations.bots.measuring import effect
from simulations.bots.playing import play
from simulations.bots.policies import POLICIES
from simulations.bots.skilled import ExpertBot
from simulations.bots.trial import solo

pytestmark = pytest.mark.unit

PLAYS = 8


@pytest.fixture(scope="module")
def gas_heater():
    return library.scenario("d-01-gas-heater")


def test_a_play_repeats_itself(gas_heater):
    one, two = (play(gas_heater.varied("", 3), ExpertBot(), "again") for _ in range(2))
    assert one.events == two.events
    assert one.score == two.score


def test_a_bot_that_only_makes_nonsense_is_stopped(gas_heater):
    class Nonsense:
        def act(self, view, u01):
            return {"type": "act", "action": "nonsense"}

    done = play(gas_heater.varied("", 1), Nonsense(), "nonsense")
    assert done.state.ended_how == "walked-away"
    assert done.refused > 0
    assert not done.walked


def test_chance_and_haste_fail_and_knowledge_passes(gas_heater):
    means = {
        name: solo(gas_heater, POLICIES[name], name, plays=PLAYS, seed=1, flavour=None)["policies"][name]["mean"]
        for name in ("random", "greedy", "average", "expert")
    }
    assert means["random"] <= 20
    assert means["greedy"] <= 30
    assert means["average"] < gas_heater.pass_mark < 80 <= means["expert"]


def test_effect_on_numbers_one_can_check():
    assert effect([3, 5], [1, 3]) == pytest.approx(2 / 2**0.5)
