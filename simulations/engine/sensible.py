"""Sensible: known kinds, rising curves, cards that can be answered, gates that rest on law that was read."""

from collections.abc import Iterator
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING

from simulations import rules

from .found import Found, unknown
from .kinds import CLAUSES, MOVES
from .lawbook import may_gate, rule_set
from .metrics import METRICS, reasons_to_walk
from .parts import Action
from .scenario import Scenario
from .scoring import HARD_GATE

if TYPE_CHECKING:
    from .load import Path

MOST_OUTCOMES = 500_000


def oddities(sc: Scenario) -> Iterator[Found]:
    """Everything that types and references cannot see."""
    yield from _kinds(sc)
    yield from _cards(sc)
    yield from _procedures(sc)
    yield from _rules(sc)
    yield from _measures(sc)
    yield from _table(sc)
    yield from _sheets(sc)


def _kinds(sc: Scenario) -> Iterator[Found]:
    for name, action in sc.actions.items():
        moves = [action.move, *(option.move for option in action.options.values())]
        for move in moves:
            if move is not None and move not in MOVES:
                yield unknown(("actions", name, "move"), "kind of act", move)
        if not any(moves):
            en, zh = f"“{name}” says of no way of doing it what kind of act it is.", f"“{name}”没有写明属于哪一类行为。"
            yield Found(("actions", name), "no-move", en, zh)
    for name, draft in sc.drafts.items():
        for key, clause in draft.clauses.items():
            path: Path = ("drafts", name, "clauses", key)
            if clause.kind is None:
                yield Found(
                    path, "no-kind", f"“{key}” does not say what it is about.", f"“{key}”没有写明属于哪一类条款。"
                )
            elif clause.kind not in CLAUSES:
                yield unknown(path, "kind of clause", clause.kind)


def _cards(sc: Scenario) -> Iterator[Found]:
    for name, chance in sc.chances.items():
        path: Path = ("chances", name)
        if chance.answer and not chance.card:
            en, zh = f"“{name}” has an answer but lays no card.", f"“{name}”有应对行动，却没有事件卡。"
            yield Found(path, "answer-without-card", en, zh)
        if chance.answer and _may_fail(sc.actions[chance.answer]):
            en = f"“{chance.answer}” answers a card, so nobody may evade it: leave out min_trust."
            yield Found(path, "answer-may-fail", en, f"“{chance.answer}”要应对事件卡，不能再设 min_trust。")


def _may_fail(action: Action) -> bool:
    return action.party is not None and action.min_trust > 0


def _procedures(sc: Scenario) -> Iterator[Found]:
    for name, action in sc.actions.items():
        formal = action.procedure
        if formal and formal.least > formal.most:
            en, zh = (
                f"“{name}” draws between {formal.least} and {formal.most} bids.",
                f"“{name}”的报价家数下限高于上限。",
            )
            yield Found(("actions", name, "procedure"), "bids-order", en, zh)


def _rules(sc: Scenario) -> Iterator[Found]:
    if sc.rule_set not in rules.names():
        yield unknown(("rule_set",), "rule set", sc.rule_set)
        return
    book = rule_set(sc.rule_set).rules
    for name, trap in sc.traps.items():
        path: Path = ("traps", name, "rule")
        if trap.rule not in book and trap.rule[:1] in "RG" and trap.rule[1:].isdigit():
            yield unknown(path, "rule", trap.rule)
        elif trap.cap is not None and trap.cap <= HARD_GATE and not may_gate(sc, trap):
            en = f"“{name}” gates by a rule that is known from hearsay alone."
            yield Found(path, "gate-on-hearsay", en, f"“{name}”以仅为转述的规则设了红线。")


def _measures(sc: Scenario) -> Iterator[Found]:
    for n, item in enumerate(sc.rubric):
        path: Path = ("rubric", n)
        if item.curve and any(a >= b for (a, _), (b, _) in pairwise(item.curve)):
            yield Found(
                path,
                "curve-order",
                f"The curve of {item.id} does not rise from left to right.",
                f"{item.id} 的曲线没有从左到右排列。",
            )
        names = [name.strip() for name in (item.arg or "").split(",") if name.strip()]
        if item.metric in METRICS and item.metric in ("key_facts", "assess", "figures", "clauses") and not names:
            yield Found(path, "no-arg", f"{item.id} does not say what it measures.", f"{item.id} 没有写明度量的对象。")
        if item.metric == "key_facts" and names and not any(f.key and f.stage in names for f in sc.facts.values()):
            yield Found(
                path,
                "no-key-facts",
                f"{item.id} counts key facts where there are none.",
                f"{item.id} 所计的阶段没有关键事实。",
            )
    seen: set[str] = set()
    for n, item in enumerate(sc.rubric):
        if item.id in seen:
            yield Found(
                ("rubric", n, "id"), "duplicate-item", f"{item.id} stands here twice.", f"{item.id} 出现了两次。"
            )
        seen.add(item.id)
    if sc.walk_right and not reasons_to_walk(sc):
        en = "No deal is right here, but no fact bears on an answer that means to walk away."
        yield Found(("walk_right",), "no-reason-to-walk", en, "本案不成交才对，却没有事实支持“离席”的答案。")


def _table(sc: Scenario) -> Iterator[Found]:
    outcomes = prod(len(issue.grid()) for issue in sc.issues.values())
    if outcomes > MOST_OUTCOMES:
        en, zh = (
            f"The grid has {outcomes:,} outcomes; {MOST_OUTCOMES:,} are the most.",
            f"结果网格有 {outcomes:,} 格，最多 {MOST_OUTCOMES:,} 格。",
        )
        yield Found(("issues",), "too-many-outcomes", en, zh)
    for name, party in sc.parties.items():
        if party.tactic.kind == "scripted" and not party.tactic.script:
            yield Found(("parties", name, "tactic"), "no-script", f"“{name}” has no script.", f"“{name}”没有写明步子。")
        for n, each in enumerate(party.utility.interactions):
            for issue, values in each.when.items():
                path: Path = ("parties", name, "utility", "interactions", n)
                if issue not in sc.issues:
                    yield unknown(path, "issue", issue)
                elif sc.issues[issue].kind == "choice":
                    yield from (unknown(path, "value", str(v)) for v in values if v not in sc.issues[issue].values)


def _sheets(sc: Scenario) -> Iterator[Found]:
    for name, each in sc.assessments.items():
        for key, line in each.inputs.items():
            if line.spread and not 0 <= line.spread[0] <= line.spread[1] <= line.spread[2]:
                path: Path = ("assessments", name, "inputs", key, "spread")
                yield Found(
                    path, "spread-order", f"The spread of “{key}” does not rise.", f"“{key}”的波动范围没有递增。"
                )
        if each.kind == "checklist" and not each.rows:
            yield Found(("assessments", name), "no-rows", f"“{name}” has no rows.", f"“{name}”没有任何一行。")
