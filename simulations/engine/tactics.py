"""Tactics: what a bot party wants of a package in this round, and what it would rather go home with."""

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from .scenario import Scenario
from .state import State
from .utility import value_of, worth

if TYPE_CHECKING:
    from .table import Utility

LADDER = 1000


def floor_of(sc: Scenario, st: State, party: str) -> float:
    """A party's walk-away today: a fallback that turns sour moves it with every day."""
    utility = sc.parties[party].utility
    if utility.souring is None:
        return utility.reservation
    late = max(0, st.day - utility.souring.from_day)
    return max(0.0, min(1.0, utility.reservation + utility.souring.per_day * late))


def is_gone(sc: Scenario, st: State, party: str) -> bool:
    """Whether a party has taken another offer by now."""
    souring = sc.parties[party].utility.souring
    return souring is not None and souring.gone is not None and st.day >= souring.gone


def aspiration(sc: Scenario, st: State, party: str, round_no: int) -> float:
    """What a party wants in this round: sinking towards its walk-away, sooner for a player it trusts.

    Only rounds that put something new on the table count: nobody gives way to waiting.
    """
    tactic = sc.parties[party].tactic
    floor = floor_of(sc, st, party)
    trusted = tactic.trust_gain * (st.trust[party] / 100 - 0.5)
    wanted = _by_tactic(sc, st, party, round_no, floor)
    return max(floor, wanted - trusted + sc.aspiration_shift())


def _by_tactic(sc: Scenario, st: State, party: str, round_no: int, floor: float) -> float:
    tactic, rounds = sc.parties[party].tactic, sc.talks.rounds
    match tactic.kind:
        case "tit_for_tat":
            return tactic.start - tactic.e * _come_closer(sc, st, party)
        case "micro":
            part = (round_no - 1) / max(1, rounds - 1)
            return min(tactic.start, _rung(sc, party, floor, part))
        case "scripted":
            step = tactic.script[min(round_no, len(tactic.script)) - 1]
            return floor + (tactic.start - floor) * step
    return floor + (tactic.start - floor) * (1 - ((round_no - 1) / rounds) ** (1 / tactic.e))


def _come_closer(sc: Scenario, st: State, party: str) -> float:
    """How much better the best package so far is than the best of the first round, for this party."""
    if not st.offers:
        return 0.0
    bests = [max(worth(sc, party, st.partner, package) for package in offer.packages) for offer in st.offers]
    return max(bests) - bests[0]


def _rung(sc: Scenario, party: str, floor: float, part: float) -> float:
    """How good the own outcome is that lies so far down the ladder from the best one to the walk-away."""
    counts = _counts(sc, party)
    bottom = bisect_left(range(LADDER + 1), int(floor * LADDER))
    above = list(accumulate(reversed(counts[bottom:])))
    place = bisect_left(above, part * above[-1]) if above[-1] else 0
    return (LADDER - place) / LADDER


def _counts(sc: Scenario, party: str) -> list[int]:
    """How many outcomes are worth each thousandth to a party by its issues alone: one issue laid upon the other."""
    key = ("ladder", party)
    if key not in sc.kept:
        utility: Utility = sc.parties[party].utility
        counts = {0: 1}
        for issue, weight in utility.weights.items():
            steps = [round(LADDER * weight * value_of(sc, party, issue, v)) for v in sc.issues[issue].grid()]
            laid: dict[int, int] = {}
            for at, number in counts.items():
                for step in steps:
                    laid[at + step] = laid.get(at + step, 0) + number
            counts = laid
        sc.kept[key] = [counts.get(at, 0) for at in range(LADDER + 1)]
    kept: list[int] = sc.kept[key]
    return kept
