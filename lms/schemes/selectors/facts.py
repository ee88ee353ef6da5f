"""A person's facts in the order of time, and facts as a condition inside another room's question."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from lms.schemes.enums import FactKind, NodeKind
from lms.schemes.models import Level, RequirementFact
from lms.schemes.validators import Leaf, parse_tree

from .standing import Asked, Standing, asked_now, evaluate

if TYPE_CHECKING:
    from lms.schemes.validators import AllOf, AnyOf


@dataclass(frozen=True, slots=True)
class DatedFact:
    """One fact of a person with the moment at which it came about."""

    kind: FactKind
    ref: str
    value: Decimal
    at: datetime


def facts_of_kind(*kinds: FactKind) -> QuerySet[RequirementFact]:
    """Facts of these kinds, to stand inside another query (`Exists(…filter(person=OuterRef(…)))`)."""
    return RequirementFact.objects.filter(kind__in=kinds).order_by()


def histories_of(person_ids: Collection[int]) -> dict[int, list[DatedFact]]:
    """Every fact of these people, oldest first (one query for all of them)."""
    found: dict[int, list[DatedFact]] = {person_id: [] for person_id in person_ids}
    rows = RequirementFact.objects.filter(person_id__in=found).order_by("occurred_at", "pk")
    for person_id, kind, ref, value, at in rows.values_list("person_id", "kind", "ref", "value", "occurred_at"):
        found[person_id].append(DatedFact(FactKind(kind), ref, value, at))
    return found


def history_of(person_id: int) -> list[DatedFact]:
    """Every fact of a person, oldest first (one query)."""
    return histories_of([person_id])[person_id]


def standing_in(history: Collection[DatedFact], level: Level, asked: Asked | None = None) -> Standing:
    """Where the person of this history stands before `level`, today or when `asked`; no query."""
    facts = [(fact.kind, fact.ref, fact.value, fact.at) for fact in history]
    return Standing(level, evaluate(parse_tree(level.requirements), facts, asked_now(asked)))


def all_levels() -> QuerySet[Level]:
    """Levels of every version, with the version they belong to."""
    return Level.objects.select_related("version")


def kinds_needed(level: Level) -> frozenset[FactKind]:
    """Kinds without any fact of which nobody can have met the level, whatever its tree leaves open."""
    return frozenset(_needed(parse_tree(level.requirements)))


def _needed(node: "Leaf | AllOf | AnyOf") -> set[FactKind]:
    if isinstance(node, Leaf):
        return {node.fact}
    parts = [_needed(child) for child in node.children]
    if not parts:
        return set()
    return set.union(*parts) if node.kind == NodeKind.ALL_OF else set.intersection(*parts)
