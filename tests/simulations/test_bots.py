"""Bots at the gas heater, with as many plays as a quick test allows; `sim_playtest` sends out more."""

import pytest

from simulations import library
from simulations.bots.bars import bars
from simulations.bots.playtest import auc, effect, play, playtest
from simulations.bots.policies import POLICIES
from simulations.bots.simple import GreedyBot, RandomBot
from simulations.bots.skilled import AverageBot, ExpertBot

pytestmark = pytest.mark.unit

PLAYS = 8


@pytest.fixture(scope="module")
def gas_heater():
    return library.scenario("d-01-gas-heater")


def test_chance_and_haste_fail_and_knowledge_passes(gas_heater):
    reports = {
        name: playtest(gas_heater, bot, PLAYS)
        for name, bot in {
            "random": RandomBot,
            "greedy": GreedyBot,
            "average": AverageBot,
            "expert": ExpertBot,
        }.items()
    }
    assert reports["random"].mean <= 20
    assert reports["greedy"].mean <= 30
    assert reports["average"].mean < gas_heater.pass_mark < 80 <= reports["expert"].mean
    assert effect(reports["expert"].totals, reports["average"].totals) >= 2
    assert {bar.name for bar in bars(gas_heater, reports)} >= {"random mean", "expert sd", "AUC average to expert"}


@pytest.mark.parametrize("name", ["clicker", "staller", "homework", "parrot", "reciter"])
def test_no_shortcut_passes(gas_heater, name):
    report = playtest(gas_heater, POLICIES[name], 5)
    assert report.mean < gas_heater.pass_mark


@pytest.mark.parametrize("name", ["gate-leaker", "gate-double-fee", "gate-tell-tale"])
def test_an_expert_who_breaks_a_hard_gate_never_passes(gas_heater, name):
    report = playtest(gas_heater, POLICIES[name], 3)
    assert max(report.totals) <= 59


def test_who_asks_nobody_gets_worse_deals(gas_heater):
    curious, incurious = (playtest(gas_heater, POLICIES[name], PLAYS) for name in ("expert", "incurious"))
    assert effect(curious.nash, incurious.nash) >= 0.8


def test_a_play_repeats_itself(gas_heater):
    one, two = (play(gas_heater, ExpertBot(), "again") for _ in range(2))
    assert one == two


def test_a_bot_that_only_makes_nonsense_is_stopped(gas_heater):
    class Nonsense:
        def act(self, view, u01):
            return {"type": "act", "action": "nonsense"}

    done = play(gas_heater, Nonsense(), "nonsense")
    assert done.state.ended_how == "walked-away"
    assert done.refused > 0


def test_effect_and_auc_on_numbers_one_can_check():
    assert effect([3, 5], [1, 3]) == pytest.approx(2 / 2**0.5)
    assert auc([2, 3], [1, 1]) == 1
    assert auc([1, 2], [1, 2]) == 0.5
