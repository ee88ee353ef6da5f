"""Decide: what a command brings about under the rules, or why it is refused. Nothing is changed here."""

from collections.abc import Mapping
from typing import Any

from . import commands as c
from .acting import act, meet_chances, read, waiting_card
from .events import Event
from .judging import assess, compose, write
from .negotiating import leave_when_due, propose
from .parts import Text
from .refusing import Refused
from .scenario import Scenario
from .state import State
from .turn import Turn

PLAYER = "broker"


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
        flavour=sc.flavour_now,
        variant=sc.variant_no,
        level=sc.level_now,
        seed=seed,
        days=sc.days,
        budget=sc.budget,
        stage=sc.stages[0].id,
        partner=partner,
        trust={name: party.trust for name, party in sc.parties.items()},
    )
    _enter(turn, sc.stages[0].id)
    return turn.events


def _enter(turn: Turn, stage: str) -> None:
    turn.tell("stage-entered.1", stage=stage)
    meet_chances(turn, stage=stage)


def decide(sc: Scenario, st: State, command: c.Command | Mapping[str, Any], seat: str = PLAYER) -> list[Event]:
    """Answer a command with events, or raise `Refused`."""
    if seat != PLAYER:
        raise Refused("not-your-seat")
    cmd = c.parse(command) if isinstance(command, Mapping) else command
    if st.status != "playing":
        raise Refused("already-ended")
    turn = Turn(sc, st)
    try:
        _carry_out(turn, cmd)
    except Refused as refused:
        refused.spoken(sc.say)
        raise
    leave_when_due(turn)
    return turn.events


def _carry_out(turn: Turn, cmd: c.Command) -> None:
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
        case c.Compose():
            compose(turn, cmd.paper, cmd.text)
        case c.Propose():
            propose(turn, [dict(package) for package in cmd.packages])
        case _:
            _course(turn, cmd)


def _course(turn: Turn, cmd: c.Command) -> None:
    match cmd:
        case c.Advance():
            _advance(turn)
        case c.WalkAway():
            turn.tell("attempt-ended.1", how="walked-away", why=cmd.reason)
        case c.TimeUp():
            turn.tell("attempt-ended.1", how="time-up", why="")
        case c.Close():
            if turn.st.stage != turn.sc.stages[-1].id:
                raise Refused("not-at-the-end")
            _answer_first(turn)
            turn.tell("attempt-ended.1", how="closed", why="")


def _advance(turn: Turn) -> None:
    sc, st = turn.sc, turn.st
    at = sc.stage_index(st.stage)
    if at + 1 == len(sc.stages):
        raise Refused("last-stage")
    missing = unfinished(sc, st)
    if missing:
        raise Refused("stage-unfinished", what=missing)
    _answer_first(turn)
    for sprung in sc.stages[at].leaving:
        turn.maybe_spring(sprung, f"stage:{st.stage}")
    _enter(turn, sc.stages[at + 1].id)


def _answer_first(turn: Turn) -> None:
    if waiting_card(turn.sc, turn.st):
        raise Refused("card-unanswered")


def unfinished(sc: Scenario, st: State) -> Text | None:
    """The first thing that must be done before the present stage is left; None when all is done."""
    stage = sc.stages[sc.stage_index(st.stage)]
    for key in stage.needs:
        if key not in st.seen:
            return _named(sc, key) or stage.aim
    return None


def _named(sc: Scenario, key: str) -> Text | None:
    word, _, name = key.partition(":")
    match word:
        case "assess":
            return sc.assessments[name].text
        case "drafted":
            return sc.drafts[name].title
        case "paper":
            return sc.papers[name].title
        case "read":
            return sc.documents[name].title
        case "done":
            return sc.actions[name.partition(":")[0]].text
    return None
