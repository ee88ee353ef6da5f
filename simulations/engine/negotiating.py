"""Negotiating: packages go to both parties at once, and each answers for itself."""

from typing import Any

from .acting import follow
from .bargaining import (
    REPEATED,
    WALKS_OUT_BELOW,
    Package,
    Reaction,
    common,
    react,
    tidy,
)
from .parts import Cost
from .refusing import Refused
from .scenario import Scenario
from .state import State
from .table import Issue
from .tactics import is_gone
from .turn import Turn
from .utility import worth


def why_no_talks(sc: Scenario, st: State) -> Refused | None:
    """Why no package can be put forward now."""
    if sc.stage_index(st.stage) < sc.stage_index(sc.talks.stage):
        return Refused("not-at-the-table")
    if not st.partner:
        return Refused("no-partner")
    if st.deal is not None or st.broken_by:
        return Refused("talks-over")
    return Refused("no-rounds-left") if len(st.offers) >= sc.talks.rounds else None


def answering(sc: Scenario, st: State) -> list[str]:
    """Who answers packages: both sides before a broker, the partner alone at one side's table."""
    seats = [st.partner] if st.partner else []
    return seats if sc.protocol == "side" else [sc.talks.principal, *seats]


def propose(turn: Turn, packages: list[Package]) -> None:
    """Put packages forward, hear who answers, and see whether there is one that nobody refuses."""
    reason = why_no_talks(turn.sc, turn.st)
    if reason:
        raise reason
    whole = [_whole(turn.sc, package, number) for number, package in enumerate(packages, start=1)]
    if len(whole) > turn.sc.talks.packages:
        raise Refused("too-many-packages", most=turn.sc.talks.packages)
    round_no = len(turn.st.offers) + 1
    fresh = fresh_rounds(turn.st, whole)
    repeated = fresh == fresh_rounds(turn.st, [])
    turn.spend(Cost(days=turn.sc.talks.round_days), f"round:{round_no}")
    turn.tell("offer-made.1", round=round_no, packages=whole)
    seats = answering(turn.sc, turn.st)
    reactions = [react(turn.sc, turn.st, party, max(1, fresh), whole) for party in seats]
    for reaction in reactions:
        _answer(turn, reaction, round_no, repeated=repeated)
    agreed = common(reactions, {n: _worth(turn, each) for n, each in enumerate(whole)})
    if agreed is None:
        _carry_on(turn, seats, round_no)
    else:
        turn.tell("deal-struck.1", round=round_no, package=agreed, partner=turn.st.partner, terms=whole[agreed])
        follow(turn)


def _worth(turn: Turn, package: Package) -> float:
    """By what one of several accepted packages is chosen: the joint worth; at one side's table one's own."""
    sc, partner = turn.sc, turn.st.partner
    seats = [sc.talks.principal] if sc.protocol == "side" else [sc.talks.principal, partner]
    return sum(worth(sc, who, partner, package) for who in seats)


def leave_when_due(turn: Turn) -> None:
    """Let a party that has another offer by now take it."""
    st = turn.st
    if st.status != "playing" or st.deal is not None or st.broken_by:
        return
    seats = [] if turn.sc.protocol == "side" else [turn.sc.talks.principal]
    for party in [*seats, st.partner]:
        if party and is_gone(turn.sc, st, party):
            turn.tell("talks-broken.1", by=party)
            return


def fresh_rounds(st: State, packages: list[Package]) -> int:
    """How many rounds, with the one now at hand, brought a package that had not been there before."""
    met: list[Package] = []
    fresh = 0
    for offered in [*(offer.packages for offer in st.offers), packages]:
        new = [package for package in offered if package not in met]
        fresh += bool(new)
        met += new
    return fresh


def _answer(turn: Turn, reaction: Reaction, round_no: int, *, repeated: bool) -> None:
    turn.tell(
        "offer-answered.1",
        round=round_no,
        party=reaction.party,
        package=reaction.best,
        mood=reaction.mood,
        issues=list(reaction.issues),
        counter=reaction.counter,
    )
    turn.shift_trust(reaction.party, reaction.trust, f"round:{round_no}")
    if repeated:
        turn.shift_trust(reaction.party, REPEATED, "repeated")


def _carry_on(turn: Turn, seats: list[str], round_no: int) -> None:
    leaving = [party for party in seats if turn.st.trust[party] < WALKS_OUT_BELOW]
    if leaving:
        turn.tell("talks-broken.1", by=leaving[0])
    elif round_no == turn.sc.talks.rounds:
        turn.tell("talks-broken.1", by="rounds")


def _whole(sc: Scenario, package: dict[str, Any], number: int) -> Package:
    wrong = set(package) ^ set(sc.issues)
    if wrong:
        raise Refused("package-shape", number=number, detail=", ".join(sorted(wrong)))
    for name, issue in sc.issues.items():
        if not _allowed(issue, package[name]):
            raise Refused("package-shape", number=number, detail=issue.text)
    return {name: tidy(package[name]) for name in sc.issues}


def _allowed(issue: Issue, value: Any) -> bool:
    if issue.kind == "choice":
        return value in issue.values
    return isinstance(value, int | float) and issue.low <= value <= issue.high
