"""References of a scenario: every name that one part uses must be a name that another part has."""

from collections.abc import Iterable, Iterator
from typing import Any

from .found import Found, missing
from .keys import conditions, of_key
from .load import Path
from .metrics import DEAL_METRICS, METRICS
from .parts import Chance, Fact
from .scenario import Scenario


def references(sc: Scenario) -> Iterator[Found]:
    """Every name in the scenario that points to nothing."""
    stages = {stage.id for stage in sc.stages}
    for group in ("facts", "actions", "assessments", "drafts", "papers"):
        for name, part in getattr(sc, group).items():
            yield from missing((group, name, "stage"), "stage", [part.stage], stages)
    for name, document in sc.documents.items():
        yield from missing(("documents", name, "reveals"), "fact", document.reveals, sc.facts)
    for name, fact in sc.facts.items():
        yield from _of_fact(sc, ("facts", name), fact)
    yield from _of_actions(sc)
    yield from _of_talks(sc, stages)
    yield from _of_rubric(sc)
    yield from _of_sheets(sc)
    yield from conditions(sc)


def _of_fact(sc: Scenario, path: Path, fact: Fact) -> Iterator[Found]:
    yield from missing((*path, "data"), "param", fact.data, sc.params)
    yield from missing((*path, "claims"), "param", fact.claims.values(), sc.params)
    inputs = {name for each in sc.assessments.values() for name in each.inputs}
    yield from missing((*path, "claims"), "input", fact.claims, inputs)
    yield from missing((*path, "law"), "law", [fact.law] if fact.law else [], sc.law)
    yield from missing((*path, "limits"), "issue", fact.limits, sc.issues)
    for limit in fact.limits.values():
        bounds = [bound for bound in (limit.ge, limit.le) if isinstance(bound, str)]
        yield from missing((*path, "limits"), "param", bounds, sc.params)
    for n, says in enumerate(fact.says):
        yield from missing((*path, "says", n, "party"), "party", [says.party], sc.parties)
        yield from missing((*path, "says", n, "issue"), "issue", [says.issue], sc.issues)
        at = [says.at] if isinstance(says.at, str) else []
        yield from missing((*path, "says", n, "at"), "param", at, sc.params)


def _of_sheets(sc: Scenario) -> Iterator[Found]:
    for name, each in sc.assessments.items():
        path: Path = ("assessments", name)
        yield from missing((*path, "evidence"), "fact", each.evidence, sc.facts)
        for key, row in each.rows.items():
            yield from missing((*path, "rows", key, "right"), "answer", [row.right], each.answers)
    for name, action in sc.actions.items():
        if action.procedure:
            ends = [end for end in (action.procedure.low, action.procedure.high) if isinstance(end, str)]
            yield from missing(("actions", name, "procedure"), "param", ends, sc.params)


def _of_actions(sc: Scenario) -> Iterator[Found]:
    for name, action in sc.actions.items():
        yield from missing(("actions", name, "party"), "party", [action.party] if action.party else [], sc.parties)
        parts: list[tuple[Path, Any]] = [(("actions", name), action)]
        parts += [(("actions", name, "options", key), option) for key, option in action.options.items()]
        for path, part in parts:
            yield from missing((*path, "reveals"), "fact", part.reveals, sc.facts)
            yield from missing((*path, "trust"), "party", part.trust, sc.parties)
            yield from missing((*path, "sprung"), "trap", [part.sprung.trap] if part.sprung else [], sc.traps)
    for name, effect in sc.effects.items():
        path = ("effects", name)
        yield from missing((*path, "reveals"), "fact", effect.reveals, sc.facts)
        yield from missing((*path, "trust"), "party", effect.trust, sc.parties)
        yield from missing((*path, "sprung"), "trap", [effect.sprung.trap] if effect.sprung else [], sc.traps)
    for name, trap in sc.traps.items():
        yield from missing(("traps", name, "trust"), "party", trap.trust, sc.parties)
        yield from missing(("traps", name, "law"), "law", [trap.law] if trap.law else [], sc.law)
    for name, chance in sc.chances.items():
        yield from _of_chance(sc, ("chances", name), chance)
    for n, stage in enumerate(sc.stages):
        yield from missing(("stages", n, "leaving"), "trap", [each.trap for each in stage.leaving], sc.traps)
        for key in stage.needs:
            yield from of_key(sc, ("stages", n, "needs"), key)


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
                if name in (talks.principal, *talks.partners) and issue not in priced:
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
                "figures": ("assessment", sc.assessments),
                "walked": ("fact", sc.facts),
                "clauses": ("draft", sc.drafts),
                "trust_min": ("party", sc.parties),
            }
            if item.metric in kinds:
                yield from missing((*path, "arg"), kinds[item.metric][0], names, kinds[item.metric][1])
    for name, draft in sc.drafts.items():
        for key, clause in draft.clauses.items():
            law = [clause.law] if clause.law else []
            yield from missing(("drafts", name, "clauses", key, "law"), "law", law, sc.law)
