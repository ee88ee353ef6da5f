"""The law book: rules of the trade as data, with source, place and day, pinned by the hash of their content."""

import json
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

import yaml

from simulations import rules

from .parts import Id, IsoDay, Strict, Text, Trap

if TYPE_CHECKING:
    from .scenario import Scenario

NOT_ADVICE = ("仅供教学，不构成法律意见。", "For teaching; not legal advice.")


class Rule(Strict):
    """One rule: what it asks for, where it stands, since when, and whether its text was read."""

    text: Text
    basis: Text
    jurisdiction: str
    valid_from: IsoDay
    known: Literal["read", "second-hand"]
    effect: Literal["gate", "fail", "warn", "points", "plus", "quiz"]


class RuleSet(Strict):
    """The rules as they were known at one time."""

    id: Id
    as_of: IsoDay
    rules: dict[str, Rule]


@lru_cache(maxsize=8)
def rule_set(name: str) -> RuleSet:
    """A rule set, read and frozen."""
    written: Any = yaml.load(rules.text_of(name), Loader=yaml.CBaseLoader)  # noqa: S506 -- every value stays text
    return RuleSet.model_validate_json(json.dumps(written))


@lru_cache(maxsize=8)
def rules_sha(name: str) -> str:
    """The hash of a rule set's content; nothing for a name that is not known."""
    if name not in rules.names():
        return ""
    content = json.dumps(rule_set(name).model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return sha256(content.encode()).hexdigest()


def may_gate(sc: "Scenario", trap: Trap) -> bool:
    """Whether a trap may cap the total: not when its rule, or the law it cites, is known from hearsay alone."""
    rule = rule_set(sc.rule_set).rules.get(trap.rule)
    law = sc.law.get(trap.law) if trap.law else None
    return not (rule and rule.known == "second-hand") and not (law and law.known == "second-hand")


def told(name: str, lang: str) -> list[dict[str, Any]]:
    """The rules of a set in one language, each with its day and how it is known."""
    book = rule_set(name)
    return [
        {
            "id": key,
            "text": getattr(rule.text, lang) or rule.text.zh,
            "basis": getattr(rule.basis, lang) or rule.basis.zh,
            "jurisdiction": rule.jurisdiction,
            "valid_from": rule.valid_from,
            "as_of": book.as_of,
            "known": rule.known,
        }
        for key, rule in book.rules.items()
    ]
