"""Acting, asking and reading: what the broker does away from the table."""

from collections.abc import Iterable

from .bargaining import tidy
from .chance import u01
from .conditions import holds
from .parts import Action, Cost, Effect, Option, Procedure
from .refusing import Refused
from .scenario import Scenario
from .state import State
from .turn import Turn

LATE_DAYS = 1


def cost_now(sc: Scenario, st: State, action: Action) -> Cost:
    """What an action costs now: one day more when its stage is past."""
    if sc.stage_index(st.stage) <= sc.stage_index(action.stage):
        return action.cost
    key = ("late", id(action))
    if key not in sc.kept:
        sc.kept[key] = Cost(days=action.cost.days + LATE_DAYS, budget=action.cost.budget)
    late: Cost = sc.kept[key]
    return late


def why_not(sc: Scenario, st: State, name: str) -> Refused | None:
    """Why an action cannot be done now, apart from what it costs."""
    action = sc.actions[name]
    if sc.stage_index(st.stage) < sc.stage_index(action.stage):
        return Refused("not-yet", what=action.text)
    if f"done:{name}" in st.seen:
        return Refused("already-done", action=action.text)
    if not holds(action.requires, st) or not _called_for(sc, st, name):
        return Refused("requirement-missing", action=action.text)
    return None


def _called_for(sc: Scenario, st: State, name: str) -> bool:
    """An answer to an event card can be given only when the card lies on the table."""
    cards = answers(sc).get(name)
    return cards is None or any(card in st.cards for card in cards)


def answers(sc: Scenario) -> dict[str, list[str]]:
    """The actions that answer event cards, each with its cards."""
    if "answers" not in sc.kept:
        found: dict[str, list[str]] = {}
        for name, chance in sc.chances.items():
            if chance.card and chance.answer:
                found.setdefault(chance.answer, []).append(name)
        sc.kept["answers"] = found
    kept: dict[str, list[str]] = sc.kept["answers"]
    return kept


def in_reach(sc: Scenario, st: State, name: str) -> bool:
    """Whether an action is on the desk: its stage has come, its party is there, its card has been laid."""
    action = sc.actions[name]
    if sc.stage_index(action.stage) > sc.stage_index(st.stage) or not _called_for(sc, st, name):
        return False
    return action.party in (None, sc.talks.principal, st.partner) or action.stage != sc.talks.stage


def waiting_card(sc: Scenario, st: State) -> str:
    """An event card that must be answered before one goes on, unless nothing is left to answer it with."""
    for name in st.cards:
        answer = sc.chances[name].answer
        if answer is None or f"done:{answer}" in st.seen or f"evaded:{answer}" in st.seen:
            continue
        cost = cost_now(sc, st, sc.actions[answer])
        if cost.days <= st.days_left and cost.budget <= st.budget_left and not why_not(sc, st, answer):
            return name
    return ""


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
    moves = [move for move in (action.move, chosen.move if chosen else None) if move]
    turn.tell("action-taken.1", action=name, option=option or "", moves=moves)
    meet_chances(turn, action=name)
    if action.procedure:
        _hold(turn, name, action.procedure)
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


def _bring_about(turn: Turn, part: Action | Option | Effect, source: str) -> None:
    turn.maybe_spring(part.sprung, source)
    for flag in part.flags:
        turn.tell("flag-raised.1", flag=flag)
    turn.learn(part.reveals, source)
    for party, by in part.trust.items():
        turn.shift_trust(party, by, source)


def meet_chances(turn: Turn, *, action: str = "", stage: str = "", on_deal: bool = False) -> None:
    """Let happen what may happen now, each chance once in an attempt."""
    for name, chance in turn.sc.chances.items():
        due = (chance.action or "", chance.stage or "", chance.on_deal) == (action, stage, on_deal)
        if not due or f"chance:{name}" in turn.st.seen or (chance.unless and holds(chance.unless, turn.st)):
            continue
        happened = u01(turn.st.seed, "chance", name) < chance.p
        turn.tell("chance-drawn.1", chance=name, happened=happened)
        if happened:
            turn.tell("flag-raised.1", flag=chance.flag)
            turn.lose_days(chance.lose_days, f"chance:{name}")
            if chance.card:
                turn.tell("card-laid.1", chance=name)


def _hold(turn: Turn, name: str, formal: Procedure) -> None:
    """Hold a formal procedure: who comes and what is bid is drawn from the seed."""
    sc, seed = turn.sc, turn.st.seed
    low, high = sc.number(formal.low), sc.number(formal.high)
    count = formal.least + int(u01(seed, "procedure", name) * (formal.most - formal.least + 1))
    bids = [tidy(low + (high - low) * u01(seed, "procedure", name, n)) for n in range(count)]
    best = (max(bids) if formal.best == "highest" else min(bids)) if bids else None
    turn.tell("procedure-held.1", action=name, form=formal.form, bids=bids, best=best)


def follow(turn: Turn) -> None:
    """What the terms of the deal just struck bring with them, and what may happen on striking it."""
    for name, effect in turn.sc.effects.items():
        if not holds(effect.when, turn.st):
            continue
        source = f"effect:{name}"
        turn.tell("effect-followed.1", effect=name)
        turn.lose_days(effect.add_days, source)
        turn.lose_budget(effect.add_budget, source)
        _bring_about(turn, effect, source)
    meet_chances(turn, on_deal=True)


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
