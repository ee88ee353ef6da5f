"""Keys: every condition of a scenario must speak of something that can happen in it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .conditions import NAMING, key_of
from .found import Found, missing
from .kinds import MOVES
from .load import Path
from .parts import Sprung
from .scenario import Scenario


def conditions(sc: Scenario) -> Iterator[Found]:
    """Every name in a condition that points to nothing."""
    for path, condition in _all(sc):
        yield from _of_condition(sc, path, condition)


def _all(sc: Scenario) -> Iterator[tuple[Path, Mapping[str, Any] | None]]:
    for path, sprung in _traps(sc):
        yield path, sprung.unless
    for group, word in (
        ("actions", "requires"), ("documents", "open_when"), ("drafts", "open_when"), ("papers", "open_when"),
        ("chances", "unless"), ("effects", "when"),
    ):  # fmt: skip
        for name, part in getattr(sc, group).items():
            yield (group, name, word), getattr(part, word)
    for name, draft in sc.drafts.items():
        for key, clause in draft.clauses.items():
            yield ("drafts", name, "clauses", key, "needed_if"), clause.needed_if
    for n, item in enumerate(sc.rubric):
        yield ("rubric", n, "when"), item.when


def _traps(sc: Scenario) -> Iterator[tuple[Path, Sprung]]:
    for name, action in sc.actions.items():
        for way in action.ways():
            if way.sprung:
                yield ("actions", name, "sprung"), way.sprung
    for name, effect in sc.effects.items():
        if effect.sprung:
            yield ("effects", name, "sprung"), effect.sprung
    for n, stage in enumerate(sc.stages):
        yield from ((("stages", n, "leaving"), each) for each in stage.leaving)


def _of_condition(sc: Scenario, path: Path, condition: Mapping[str, Any] | None) -> Iterator[Found]:
    if condition is None:
        return
    word, argument = next(iter(condition.items()))
    match word:
        case "all" | "any":
            for part in argument:
                yield from _of_condition(sc, path, part)
        case "not":
            yield from _of_condition(sc, path, argument)
        case "deal":
            yield from missing(path, "issue", argument, sc.issues)
        case "assess":
            yield from missing(path, "assessment", argument, sc.assessments)
        case "before":
            for key in argument:
                yield from of_key(sc, path, key)
        case _ if word in NAMING:
            yield from of_key(sc, path, key_of(word, argument))


def flags(sc: Scenario) -> set[str]:
    """Every flag that something can raise, in any flavour."""
    if "flags" not in sc.kept:
        shapes = [sc, *(sc.flavoured(name) for name in sc.flavours)]
        sc.kept["flags"] = set().union(*(_raised(shape) for shape in shapes))
    raised: set[str] = sc.kept["flags"]
    return raised


def _raised(sc: Scenario) -> set[str]:
    ways = [option for action in sc.actions.values() for option in action.options.values()]
    parts: list[Any] = [*sc.actions.values(), *ways, *sc.effects.values()]
    return {flag for part in parts for flag in part.flags} | {chance.flag for chance in sc.chances.values()}


def of_key(sc: Scenario, path: Path, key: str) -> Iterator[Found]:
    """A key that nothing in the scenario can make true."""
    word, _, name = key.partition(":")
    ways = {f"{a}:{option}" for a, action in sc.actions.items() for option in action.options}
    clauses = {f"{d}.{clause}" for d, draft in sc.drafts.items() for clause in draft.clauses}
    known: dict[str, Iterable[str]] = {
        "fact": sc.facts,
        "flag": flags(sc),
        "done": {*sc.actions, *ways},
        "read": sc.documents,
        "stage": {stage.id for stage in sc.stages},
        "trap": sc.traps,
        "clause": clauses,
        "drafted": sc.drafts,
        "paper": sc.papers,
        "effect": sc.effects,
        "chance": sc.chances,
        "card": sc.chances,
        "held": sc.actions,
        "move": MOVES,
        "partner": sc.parties,
        "assess": sc.assessments,
        "deal": ("",),
    }
    if word not in known:
        yield Found(path, "unknown-key", f"“{key}” is no key that can be seen.", f"“{key}”不是可以查到的键。")
    else:
        yield from missing(path, word, [name], known[word])
