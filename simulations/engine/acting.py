"""Acting, asking and reading: what the broker does away from the table."""

from collections.abc import Iterable

from .chance import u01
from .conditions import holds
from .parts import Action, Cost, Option
from .refusing import Refused
from .scenario import Scenario
from .state import State
from .turn import Turn

LATE_DAYS = 1


def cost_now(sc: Scenario, st: State, action: Action) -> Cost:
    """What an action costs now: one day more when its stage is past."""
    if sc.stage_index(st.stage) > sc.stage_index(action.stage):
        return Cost(days=action.cost.days + LATE_DAYS, budget=action.cost.budget)
    return action.cost


def why_not(sc: Scenario, st: State, name: str) -> Refused | None:
    """Why an action cannot be done now, apart from what it costs."""
    action = sc.actions[name]
    if sc.stage_index(st.stage) < sc.stage_index(action.stage):
        return Refused("not-yet", what=action.text)
    if f"done:{name}" in st.seen:
        return Refused("already-done", action=action.text)
    if not holds(action.requires, st):
        return Refused("requirement-missing", action=action.text)
    return None


def act(turn: Turn, name: str, option: str | None, *, kinds: Iterable[str]) -> None:
    """Do an action: spend, meet chance, learn, be trusted more or less, perhaps walk into a trap."""
    action = turn.sc.actions.get(name)
    if action is None or action.kind not in kinds:
        raise Refused("unknown-action", action=name)
    reason = why_not(turn.sc, turn.st, name)
    if reason:
        raise reason
    chosen = _option(action, option)
    turn.spend(cost_now(turn.sc, turn.st, action), f"action:{name}")
    if action.party and turn.st.trust[action.party] < turn.sc.trust_needed(action):
        turn.tell("question-evaded.1", action=name, party=action.party)
        return
    turn.tell("action-taken.1", action=name, option=option or "")
    _meet_chance(turn, name)
    for part in (action, chosen) if chosen else (action,):
        _bring_about(turn, part, f"action:{name}")


def _option(action: Action, option: str | None) -> Option | None:
    if not action.options:
        if option is not None:
            raise Refused("unknown-option", action=action.text, option=option)
        return None
    if option is None:
        raise Refused("option-needed", action=action.text)
    if option not in action.options:
        raise Refused("unknown-option", action=action.text, option=option)
    return action.options[option]


def _bring_about(turn: Turn, part: Action | Option, source: str) -> None:
    turn.maybe_spring(part.sprung, source)
    for flag in part.flags:
        turn.tell("flag-raised.1", flag=flag)
    turn.learn(part.reveals, source)
    for party, by in part.trust.items():
        turn.shift_trust(party, by, source)


def _meet_chance(turn: Turn, name: str) -> None:
    for chance_id, chance in turn.sc.chances.items():
        if chance.action != name or (chance.unless and holds(chance.unless, turn.st)):
            continue
        happened = u01(turn.st.seed, "chance", chance_id) < chance.p
        turn.tell("chance-drawn.1", chance=chance_id, happened=happened)
        if happened:
            turn.tell("flag-raised.1", flag=chance.flag)
            turn.lose_days(chance.lose_days, f"chance:{chance_id}")


def is_open(sc: Scenario, st: State, document: str) -> bool:
    """Whether a document is on the desk."""
    return holds(sc.documents[document].open_when, st)


def read(turn: Turn, name: str) -> None:
    """Read a document in full; what stands in it is known from then on."""
    if name not in turn.sc.documents:
        raise Refused("unknown-document")
    if not is_open(turn.sc, turn.st, name):
        raise Refused("document-closed")
    turn.tell("document-read.1", document=name)
    turn.learn(turn.sc.documents[name].reveals, f"document:{name}")
