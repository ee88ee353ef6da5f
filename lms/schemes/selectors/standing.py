"""Where a person stands before a level: every requirement, what is reached, and why not yet."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from lms.kernel import clock
from lms.schemes.enums import FactKind
from lms.schemes.models import Level, RequirementFact
from lms.schemes.validators import AllOf, AnyOf, Leaf, leaves_in, parse_tree

from .reading import Fact, NodeStanding, PracticeShare, evaluate
from .windows import Asked, day_of

__all__ = [
    "Asked",
    "Fact",
    "NodeStanding",
    "PracticeShare",
    "Standing",
    "asked_now",
    "dated_facts",
    "evaluate",
    "evaluate_for",
    "standing",
    "standings",
]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands before one level."""

    level: Level
    root: NodeStanding

    @property
    def met(self) -> bool:
        """Whether everything that the level asks for is there."""
        return self.root.met

    def leaves(self) -> tuple[NodeStanding, ...]:
        """Every requirement, in the order of the scheme."""
        return tuple(self.root.leaves())

    def missing_leaves(self) -> tuple[NodeStanding, ...]:
        """The requirements that are not met yet."""
        return tuple(leaf for leaf in self.root.leaves() if not leaf.met)


def asked_now(asked: Asked | None = None) -> Asked:
    """When a tree is asked; if nobody says so, today in Beijing."""
    return asked or Asked(on=day_of(clock.now()))


def standing(*, person_id: int, level: Level, asked: Asked | None = None) -> Standing:
    """Where one person stands before `level` (one query, whatever the size of the tree)."""
    return standings(person_ids=[person_id], level=level, asked=asked)[person_id]


def standings(*, person_ids: Collection[int], level: Level, asked: Asked | None = None) -> dict[int, Standing]:
    """Where each of these people stands before `level`, today or when `asked` (one query for all of them)."""
    tree, when = parse_tree(level.requirements), asked_now(asked)
    facts = _facts_for(tree, person_ids)
    return {person_id: Standing(level, evaluate(tree, of_person, when)) for person_id, of_person in facts.items()}


def evaluate_for(person_id: int, tree: dict[str, Any]) -> NodeStanding:
    """Where one person stands before any requirement tree, such as what a course asks for first (one query)."""
    node = parse_tree(tree)
    return evaluate(node, _facts_for(node, [person_id])[person_id], asked_now())


def _facts_for(tree: Leaf | AllOf | AnyOf, person_ids: Collection[int]) -> dict[int, list[Fact]]:
    """The facts of these people that a tree reads, oldest first."""
    return dated_facts(person_ids, {leaf.fact for leaf in leaves_in(tree)})


def dated_facts(person_ids: Collection[int], kinds: Collection[FactKind]) -> dict[int, list[Fact]]:
    """The facts of these kinds that these people have, oldest first (one query for all of them)."""
    facts: dict[int, list[Fact]] = {person_id: [] for person_id in person_ids}
    rows = (
        RequirementFact.objects.filter(person_id__in=facts, kind__in=kinds)
        .order_by("occurred_at", "pk")
        .values_list("person_id", "kind", "ref", "value", "occurred_at")
    )
    for person_id, kind, ref, value, at in rows:
        facts[person_id].append((FactKind(kind), ref, value, at))
    return facts
