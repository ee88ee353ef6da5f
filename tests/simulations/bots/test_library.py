"""Every scenario of the library in short: the order of policies, gates, and a deal or none where that is right.

`make playtest` measures at length; this holds what must never break from one change to the next.
"""

from statistics import fmean

import pytest

from simulations import library
from simulations.bots.field import hold, seats
from simulations.bots.policies import GATE, gate_rules

pytestmark = pytest.mark.unit

PLAYS = 24
LADDER = ("random", "novice", "average", "good", "expert")


@pytest.mark.parametrize("code", library.codes())
def test_skill_pays_haste_and_breach_do_not(code):
    scenario = library.scenario(code)
    flavours = ("", *scenario.flavours)
    gates = [f"{GATE}{rule}" for rule in gate_rules(scenario)]
    played = seats(scenario, [*LADDER, "greedy"], PLAYS, 1, flavours) + seats(scenario, gates, 4, 1, flavours)
    outcomes, ground = hold(scenario, played)
    totals = {name: [each.total for each in outcomes if each.policy == name] for name in (*LADDER, "greedy", *gates)}
    means = {name: fmean(found) for name, found in totals.items()}
    assert [means[name] for name in LADDER] == sorted(means[name] for name in LADDER)
    assert means["random"] <= 20
    assert means["greedy"] <= 30
    assert means["average"] <= 60
    assert means["expert"] >= 80
    for gate in gates:
        assert fmean(totals[gate]) < scenario.pass_mark
        assert min(totals[gate]) <= 59
    walks = {each.flavour for each in ground if each.walk_right}
    experts = [each for each in outcomes if each.policy == "expert"]
    assert fmean((each.walked if each.flavour in walks else each.deal) for each in experts) >= 0.9
