"""Decide: what a command brings about under the rules, or why it is refused. Nothing is changed here."""

from collections.abc import Mapping
from typing import Any

from . import commands as c
from .acting import act, read
from .events import Event
from .judging import assess, write
from .negotiating import propose
from .refusing import Refused
from .scenario import Scenario
from .state import State
from .turn import Turn


def start(sc: Scenario, seed: str) -> list[Event]:
    """Open an attempt at a variant of the scenario."""
    partner = "" if sc.talks.chosen_by else sc.talks.partners[0]
    turn = Turn(sc, State())
    turn.cmd = 0
    turn.tell(
        "attempt-started.1",
        scenario=sc.id,
        version=sc.version,
        sha256=sc.sha256,
        variant=sc.variant_no,
        level=sc.level_now,
        seed=seed,
        days=sc.days,
        budget=sc.budget,
        stage=sc.stages[0].id,
        partner=partner,
        trust={name: party.trust for name, party in sc.parties.items()},
    )
    turn.tell("stage-entered.1", stage=sc.stages[0].id)
    return turn.events


def decide(sc: Scenario, st: State, command: c.Command | Mapping[str, Any]) -> list[Event]:
    """Answer a command with events, or raise `Refused`."""
    cmd = c.parse(command) if isinstance(command, Mapping) else command
    if st.status != "playing":
        raise Refused("already-ended")
    turn = Turn(sc, st)
    match cmd:
        case c.Act():
            act(turn, cmd.action, cmd.option, kinds=("do", "read", "ask", "procedure"))
        case c.Ask():
            act(turn, cmd.action, cmd.option, kinds=("ask",))
        case c.Procedure():
            act(turn, cmd.action, cmd.option, kinds=("procedure",))
        case c.Read():
            read(turn, cmd.document)
        case c.Assess():
            assess(turn, cmd)
        case c.Write():
            write(turn, cmd.draft, cmd.clauses)
        case c.Propose():
            propose(turn, [dict(package) for package in cmd.packages])
        case _:
            _course(turn, cmd)
    return turn.events


def _course(turn: Turn, cmd: c.Command) -> None:
    match cmd:
        case c.Advance():
            _advance(turn)
        case c.WalkAway():
            turn.tell("attempt-ended.1", how="walked-away", why=cmd.reason)
        case c.Close():
            if turn.st.stage != turn.sc.stages[-1].id:
                raise Refused("not-at-the-end")
            turn.tell("attempt-ended.1", how="closed", why="")


def _advance(turn: Turn) -> None:
    sc, st = turn.sc, turn.st
    at = sc.stage_index(st.stage)
    if at + 1 == len(sc.stages):
        raise Refused("last-stage")
    missing = unfinished(sc, st)
    if missing:
        raise Refused("stage-unfinished", what=missing)
    for sprung in sc.stages[at].leaving:
        turn.maybe_spring(sprung, f"stage:{st.stage}")
    turn.tell("stage-entered.1", stage=sc.stages[at + 1].id)


def unfinished(sc: Scenario, st: State) -> Any:
    """The first thing that must be done before the present stage is left, as a Text; None when all is done."""
    for key in sc.stages[sc.stage_index(st.stage)].needs:
        if key not in st.seen:
            word, _, name = key.partition(":")
            if word == "assess":
                return sc.assessments[name].text
            return sc.drafts[name].title if word == "drafted" else sc.actions[name].text
    return None
