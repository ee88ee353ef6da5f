"""References of a scenario: every name that one part uses must be a name that another part has."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .conditions import NAMING, key_of
from .kinds import MOVES
from .load import Path
from .metrics import DEAL_METRICS, METRICS
from .parts import Chance
from .scenario import Scenario


@dataclass(frozen=True, slots=True)
class Found:
    """A problem before it has a line."""

    path: Path
    code: str
    en: str
    zh: str


def unknown(path: Path, kind: str, name: str) -> Found:
    """A name that nothing answers to."""
    return Found(path, "unknown-reference", f"There is no {kind} “{name}”.", f"没有名为“{name}”的 {kind}。")


def missing(path: Path, kind: str, names: Iterable[str], there: Iterable[str]) -> Iterator[Found]:
    """Those names that nothing answers to."""
    yield from (unknown(path, kind, name) for name in names if name not in there)


def references(sc: Scenario) -> Iterator[Found]:
    """Every name in the scenario that points to nothing."""
    stages = {stage.id for stage in sc.stages}
    for group in ("facts", "actions", "assessments", "drafts"):
        for name, part in getattr(sc, group).items():
            yield from missing((group, name, "stage"), "stage", [part.stage], stages)
    for name, document in sc.documents.items():
        yield from missing(("documents", name, "reveals"), "fact", document.reveals, sc.facts)
    for name, fact in sc.facts.items():
        yield from missing(("facts", name, "data"), "param", fact.data, sc.params)
        for n, says in enumerate(fact.says):
            yield from missing(("facts", name, "says", n, "party"), "party", [says.party], sc.parties)
            yield from missing(("facts", name, "says", n, "issue"), "issue", [says.issue], sc.issues)
    yield from _of_actions(sc)
    yield from _of_talks(sc, stages)
    yield from _of_rubric(sc)
    for path, condition in _conditions(sc):
        yield from _of_condition(sc, path, condition)


def _of_actions(sc: Scenario) -> Iterator[Found]:
    for name, action in sc.actions.items():
        yield from missing(("actions", name, "party"), "party", [action.party] if action.party else [], sc.parties)
        parts: list[tuple[Path, Any]] = [(("actions", name), action)]
        parts += [(("actions", name, "options", key), option) for key, option in action.options.items()]
        for path, part in parts:
            yield from missing((*path, "reveals"), "fact", part.reveals, sc.facts)
            yield from missing((*path, "trust"), "party", part.trust, sc.parties)
            yield from missing((*path, "sprung"), "trap", [part.sprung.trap] if part.sprung else [], sc.traps)
    for name, trap in sc.traps.items():
        yield from missing(("traps", name, "trust"), "party", trap.trust, sc.parties)
        yield from missing(("traps", name, "law"), "law", [trap.law] if trap.law else [], sc.law)
    for name, chance in sc.chances.items():
        yield from _of_chance(sc, ("chances", name), chance)
    for n, stage in enumerate(sc.stages):
        yield from missing(("stages", n, "leaving"), "trap", [each.trap for each in stage.leaving], sc.traps)
        for key in stage.needs:
            yield from _of_key(sc, ("stages", n, "needs"), key)


def _of_chance(sc: Scenario, path: Path, chance: Chance) -> Iterator[Found]:
    """A chance comes with one thing: an action, a stage, or the deal."""
    if sum((chance.action is not None, chance.stage is not None, chance.on_deal)) != 1:
        en = "A chance comes with exactly one of action, stage and on_deal."
        yield Found(path, "chance-without-moment", en, "偶发事件须且只须写明 action、stage、on_deal 中的一项。")
    acts = [name for name in (chance.action, chance.answer) if name is not None]
    yield from missing((*path, "action"), "action", acts, sc.actions)
    stage = [] if chance.stage is None else [chance.stage]
    yield from missing((*path, "stage"), "stage", stage, [each.id for each in sc.stages])


def _of_talks(sc: Scenario, stages: set[str]) -> Iterator[Found]:
    talks = sc.talks
    yield from missing(("talks", "stage"), "stage", [talks.stage], stages)
    yield from missing(("talks", "principal"), "party", [talks.principal], sc.parties)
    yield from missing(("talks", "partners"), "party", talks.partners, sc.parties)
    yield from missing(("talks", "appeal"), "party", talks.appeal, sc.parties)
    chooser = [talks.chosen_by] if talks.chosen_by else []
    yield from missing(("talks", "chosen_by"), "assessment", chooser, sc.assessments)
    for name, party in sc.parties.items():
        for part in ("weights", "values"):
            priced = getattr(party.utility, part)
            path: Path = ("parties", name, "utility", part)
            yield from missing(path, "issue", priced, sc.issues)
            for issue in sc.issues:
                if issue not in priced:
                    en = f"“{name}” does not price the issue “{issue}”."
                    yield Found(path, "unpriced-issue", en, f"“{name}”没有给议题“{issue}”定价。")
        yield from missing(("parties", name, "towards"), "issue", party.towards, sc.issues)


def _of_rubric(sc: Scenario) -> Iterator[Found]:
    for n, item in enumerate(sc.rubric):
        path: Path = ("rubric", n)
        yield from missing((*path, "comp"), "competency", [item.comp], sc.competencies)
        yield from missing((*path, "law"), "law", [item.law] if item.law else [], sc.law)
        if item.metric is None and item.when is None:
            en, zh = f"Item {item.id} needs a condition or a metric.", f"评分项 {item.id} 需要条件或度量。"
            yield Found(path, "item-without-measure", en, zh)
        if item.metric is not None:
            yield from missing((*path, "metric"), "metric", [item.metric], [*METRICS, *DEAL_METRICS])
            names = [name.strip() for name in (item.arg or "").split(",") if name.strip()]
            kinds: dict[str, tuple[str, Iterable[str]]] = {
                "key_facts": ("stage", [stage.id for stage in sc.stages]),
                "assess": ("assessment", sc.assessments),
                "clauses": ("draft", sc.drafts),
                "trust_min": ("party", sc.parties),
            }
            if item.metric in kinds:
                yield from missing((*path, "arg"), kinds[item.metric][0], names, kinds[item.metric][1])
    for name, draft in sc.drafts.items():
        for key, clause in draft.clauses.items():
            law = [clause.law] if clause.law else []
            yield from missing(("drafts", name, "clauses", key, "law"), "law", law, sc.law)


def _conditions(sc: Scenario) -> Iterator[tuple[Path, Mapping[str, Any] | None]]:
    for name, action in sc.actions.items():
        yield ("actions", name, "requires"), action.requires
        for sprung in (action.sprung, *(option.sprung for option in action.options.values())):
            yield ("actions", name, "sprung"), sprung.unless if sprung else None
    for name, document in sc.documents.items():
        yield ("documents", name, "open_when"), document.open_when
    for name, draft in sc.drafts.items():
        yield ("drafts", name, "open_when"), draft.open_when
    for n, stage in enumerate(sc.stages):
        for each in stage.leaving:
            yield ("stages", n, "leaving"), each.unless
    for n, item in enumerate(sc.rubric):
        yield ("rubric", n, "when"), item.when


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
                yield from _of_key(sc, path, key)
        case _ if word in NAMING:
            yield from _of_key(sc, path, key_of(word, argument))


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


def _of_key(sc: Scenario, path: Path, key: str) -> Iterator[Found]:
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
