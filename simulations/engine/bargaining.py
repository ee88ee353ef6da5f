"""How bot parties answer packages: what they aspire to, how they feel, what they ask for, what they offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .chance import u01
from .scenario import Scenario
from .state import State
from .tactics import aspiration, floor_of
from .utility import value_of, worth

CLOSE = 0.06
INSULT = 0.12
WALKS_OUT_BELOW = 15
REPEATED = -8
INSULTED = -8

Package = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reaction:
    """A party's answer before it becomes an event."""

    party: str
    best: int
    mood: str
    accepts: frozenset[int]
    issues: tuple[str, ...]
    counter: Package | None
    trust: int


def react(sc: Scenario, st: State, party: str, round_no: int, packages: list[Package]) -> Reaction:
    """Let one party look at the packages of a round."""
    who = sc.parties[party]
    wanted = aspiration(sc, st, party, round_no)
    worths = [worth(sc, party, st.partner, package) for package in packages]
    floor = floor_of(sc, st, party)
    own = _own_counters(st, party)
    taken = [worths[n] >= wanted or (packages[n] in own and worths[n] >= floor) for n in range(len(packages))]
    best = max(range(len(packages)), key=lambda n: (taken[n], worths[n]))
    mood = "accept" if taken[best] else _mood(worths[best], wanted, floor)
    accepts = frozenset(n for n, each in enumerate(taken) if each)
    issues: tuple[str, ...] = ()
    counter = None
    if mood in ("close", "reject"):
        issues = _wishes(sc, st, party, round_no, packages[best])
    if mood == "close" and st.trust[party] >= who.tactic.open_at:
        counter = counter_package(sc, st, party, packages[best], wanted)
    return Reaction(party, best, mood, accepts, issues, counter, _trust_lost(sc, party, mood))


def _own_counters(st: State, party: str) -> list[Package]:
    """What a party has itself put forward: it keeps its word."""
    replies = [reply for offer in st.offers for reply in offer.replies if reply.party == party]
    return [reply.counter for reply in replies if reply.counter is not None]


def _mood(value: float, wanted: float, floor: float) -> str:
    if value < floor - INSULT:
        return "insulted"
    return "close" if wanted - value < CLOSE else "reject"


def _trust_lost(sc: Scenario, party: str, mood: str) -> int:
    impatience = sc.parties[party].tactic.impatience
    return {"insulted": INSULTED, "reject": -impatience, "close": -(impatience // 2)}.get(mood, 0)


def _wishes(sc: Scenario, st: State, party: str, round_no: int, package: Package) -> tuple[str, ...]:
    who = sc.parties[party]
    lacking = sorted(
        sc.issues,
        key=lambda issue: -who.utility.weights[issue] * (1 - value_of(sc, party, issue, package[issue])),
    )
    named = lacking[: who.tactic.feedback]
    for place in range(len(named)):
        if u01(st.seed, "noise", party, round_no, place) < who.tactic.noise:
            others = [issue for issue in sc.issues if issue not in named]
            named[place] = others[int(u01(st.seed, "other", party, round_no, place) * len(others))]
    return tuple(named)


def counter_package(sc: Scenario, st: State, party: str, package: Package, wanted: float) -> Package | None:
    """Change as few terms as will do, each to the grid value nearest to the old one that still lifts enough."""
    terms = dict(package)
    open_issues = set(sc.issues)
    while open_issues:
        gain, issue, value = max(
            (_gain(sc, st, party, terms, name, option), name, option)
            for name in sorted(open_issues)
            for option in [_favourite(sc, party, name)]
        )
        if gain <= 0:
            return None
        terms[issue] = value
        open_issues.discard(issue)
        if worth(sc, party, st.partner, terms) >= wanted:
            return _eased(sc, st, party, package, terms, issue, wanted)
    return None


def _favourite(sc: Scenario, party: str, issue: str) -> Any:
    return tidy(max(sc.issues[issue].grid(), key=lambda value: value_of(sc, party, issue, value)))


def _gain(sc: Scenario, st: State, party: str, terms: Package, issue: str, value: Any) -> float:
    changed = {**terms, issue: value}
    return worth(sc, party, st.partner, changed) - worth(sc, party, st.partner, terms)


def _eased(sc: Scenario, st: State, party: str, package: Package, terms: Package, issue: str, wanted: float) -> Package:
    """Ask no more of the last changed term than is needed."""
    if sc.issues[issue].kind == "choice":
        return terms
    for value in sorted(sc.issues[issue].grid(), key=lambda v: abs(float(v) - float(package[issue]))):
        eased = {**terms, issue: tidy(value)}
        if worth(sc, party, st.partner, eased) >= wanted:
            return eased
    return terms


def tidy(value: Any) -> Any:
    """Write a whole number without a decimal point, so that equal terms are equal JSON."""
    if isinstance(value, str):
        return value
    return fine(value, 2)


def fine(value: float, digits: int = 6) -> float | int:
    """A number to so many digits, a whole one without a decimal point."""
    rounded = round(float(value), digits)
    return int(rounded) if rounded.is_integer() else rounded


def common(reactions: list[Reaction], worths: Mapping[int, float]) -> int | None:
    """The package that all accept, the one of highest joint worth when there are several."""
    agreed = frozenset.intersection(*(reaction.accepts for reaction in reactions))
    return max(agreed, key=lambda n: worths[n]) if agreed else None
