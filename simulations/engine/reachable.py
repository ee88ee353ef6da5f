"""Reachable: what a player can find and do, if everything that can be made true is made true."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .conditions import key_of
from .found import Found
from .parts import Action
from .scenario import Scenario

# What depends on how the player answers, or bargains, can be made true by answering and bargaining.
FREE = ("partner", "clause", "drafted", "paper", "trap", "stage")


@dataclass(slots=True)
class Reach:
    """Keys that can be made true, and the acts and facts behind them."""

    keys: set[str] = field(default_factory=set)
    actions: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)


def reach(sc: Scenario) -> Reach:
    """Everything that can be reached, found by going round until nothing new comes."""
    if "reach" not in sc.kept:
        found = Reach()
        before = -1
        while len(found.keys) > before:
            before = len(found.keys)
            _go_round(sc, found)
        sc.kept["reach"] = found
    kept: Reach = sc.kept["reach"]
    return kept


def _go_round(sc: Scenario, found: Reach) -> None:
    for name, document in sc.documents.items():
        if can_hold(document.open_when, found):
            found.keys.add(f"read:{name}")
            _learn(found, document.reveals)
    for name, chance in sc.chances.items():
        if chance.action is None or chance.action in found.actions:
            found.keys |= {f"chance:{name}", f"card:{name}", f"flag:{chance.flag}"}
    for name, action in sc.actions.items():
        if _affordable(sc, action) and _called_for(sc, name, found) and can_hold(action.requires, found):
            found.actions.add(name)
            _do(found, name, action)
    for name, effect in sc.effects.items():
        if can_hold(effect.when, found):
            found.keys |= {f"effect:{name}", *(f"flag:{flag}" for flag in effect.flags)}
            _learn(found, effect.reveals)


def _do(found: Reach, name: str, action: Action) -> None:
    found.keys |= {f"done:{name}", f"held:{name}"}
    found.keys |= {f"done:{name}:{option}" for option in action.options}
    for part in action.ways():
        found.keys |= {f"flag:{flag}" for flag in part.flags}
        if part.move:
            found.keys.add(f"move:{part.move}")
        _learn(found, part.reveals)


def _learn(found: Reach, facts: tuple[str, ...]) -> None:
    found.facts |= set(facts)
    found.keys |= {f"fact:{fact}" for fact in facts}


def _affordable(sc: Scenario, action: Action) -> bool:
    return action.cost.days <= sc.days and action.cost.budget <= sc.budget


def _called_for(sc: Scenario, name: str, found: Reach) -> bool:
    cards = [key for key, chance in sc.chances.items() if chance.answer == name and chance.card]
    return not cards or any(f"card:{card}" in found.keys for card in cards)


def can_hold(condition: Mapping[str, Any] | None, found: Reach) -> bool:
    """Whether a condition can come true; whatever may also stay undone can be avoided."""
    if condition is None:
        return True
    word, argument = next(iter(condition.items()))
    match word:
        case "all":
            return all(can_hold(part, found) for part in argument)
        case "any":
            return any(can_hold(part, found) for part in argument)
        case "before":
            return all(key.partition(":")[0] in (*FREE, "assess", "deal") or key in found.keys for key in argument)
        case "not" | "deal" | "assess" | "struck":
            return True
    return word in FREE or key_of(word, argument) in found.keys


def unreachable(sc: Scenario) -> Iterator[Found]:
    """Facts and acts that nobody can come to."""
    found = reach(sc)
    for name in sc.facts:
        if name not in found.facts:
            en = f"Nothing that can be afforded and done reveals the fact “{name}”."
            yield Found(("facts", name), "unreachable-fact", en, f"没有任何负担得起、做得到的途径能得到事实“{name}”。")
    closed = {name for name in sc.actions if name not in found.actions}
    for name in sc.actions:
        if name not in closed:
            continue
        if _waits_for(sc, name, closed):
            en = f"“{name}” waits for something that waits for “{name}”."
            yield Found(("actions", name, "requires"), "cyclic-requires", en, f"“{name}”的前提又以“{name}”为前提。")
        else:
            en = f"“{name}” can never be done: it costs too much, or its condition cannot come true."
            zh = f"“{name}”永远做不成：费用超出总额，或者条件不可能成立。"
            yield Found(("actions", name), "unreachable-action", en, zh)


def _waits_for(sc: Scenario, start: str, closed: set[str]) -> bool:
    """Whether an act, by way of others that are closed, waits for itself."""
    makers = _makers(sc, closed)
    ahead, met = [start], set()
    while ahead:
        for key in _asked(sc.actions[ahead.pop()].requires):
            for name in makers.get(key, ()):
                if name == start:
                    return True
                if name not in met:
                    met.add(name)
                    ahead.append(name)
    return False


def _makers(sc: Scenario, closed: set[str]) -> dict[str, set[str]]:
    makers: dict[str, set[str]] = {}
    for name in closed:
        made = Reach()
        _do(made, name, sc.actions[name])
        for key in made.keys:
            makers.setdefault(key, set()).add(name)
    return makers


def _asked(condition: Mapping[str, Any] | None) -> Iterator[str]:
    if condition is None:
        return
    word, argument = next(iter(condition.items()))
    if word in ("all", "any"):
        for part in argument:
            yield from _asked(part)
    elif word == "before":
        yield from argument
    elif isinstance(argument, str):
        yield key_of(word, argument)
