"""Where a person stands before a level: every requirement, what is reached, and why not yet."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from lms.schemes.enums import FactKind, NodeKind
from lms.schemes.models import Level, RequirementFact
from lms.schemes.validators import AllOf, AnyOf, Leaf, leaves_in, parse_tree

from .reasons import sentence

ZERO = Decimal(0)
# Facts of these kinds are added up, over all references that a leaf names.
SUMMED = (FactKind.CLASS_HOURS, FactKind.CONTRIBUTION, FactKind.PRACTICE)

Fact = tuple[FactKind, str, Decimal]


@dataclass(frozen=True, slots=True)
class NodeStanding:
    """One node of the tree for one person; for a group, `required` and `reached` count its children."""

    code: str
    kind: NodeKind
    title: str
    title_en: str
    required: Decimal
    reached: Decimal
    met: bool
    fact: FactKind | None = None
    bar: Decimal | None = None
    source: str = ""
    source_en: str = ""
    refs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    children: tuple["NodeStanding", ...] = ()

    @property
    def label(self) -> str:
        """Its title in the language now active."""
        return self.title_en if get_language() == "en" else self.title

    @property
    def local_source(self) -> str:
        """Where the figure comes from, in the language now active."""
        return self.source_en if get_language() == "en" else self.source

    @property
    def missing(self) -> Decimal:
        """How much is still missing; nothing when the node is met."""
        return ZERO if self.met else max(ZERO, self.required - self.reached)

    @property
    def why(self) -> str:
        """Why not yet, or why it is met: one sentence with its figures, in the language now active."""
        return sentence(self)

    def leaves(self) -> Iterator["NodeStanding"]:
        """The requirements under this node, or the node itself."""
        if self.kind == NodeKind.LEAF:
            yield self
        for child in self.children:
            yield from child.leaves()


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


def _uncancelled(values: Iterable[Decimal]) -> list[Decimal]:
    """Values without those that a later fact with the opposite value took back."""
    kept: list[Decimal] = []
    for value in values:
        if value < 0 and -value in kept:
            kept.reverse()
            kept.remove(-value)
            kept.reverse()
        else:
            kept.append(value)
    return kept


def _reached(leaf: Leaf, by_ref: dict[str, list[Decimal]]) -> Decimal:
    """What the facts of this leaf's kind, grouped by reference and oldest first, come to."""
    wanted = {ref: values for ref, values in by_ref.items() if not leaf.refs or ref in leaf.refs}
    if leaf.fact in SUMMED:
        return sum((value for values in wanted.values() for value in values), ZERO)
    standing = {ref: kept for ref, values in wanted.items() if (kept := _uncancelled(values))}
    if leaf.fact == FactKind.CERTIFICATE:
        return sum((max(ZERO, values[-1]) for values in standing.values()), ZERO)
    best = [max(values) for values in standing.values()]
    if leaf.per_ref_at_least is not None:
        return Decimal(sum(value >= leaf.per_ref_at_least for value in best))
    return max([ZERO, *best])


def evaluate(node: Leaf | AllOf | AnyOf, facts: Collection[Fact]) -> NodeStanding:
    """Read a tree against a person's facts, oldest first. Pure: no clock, no database."""
    book: dict[FactKind, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for kind, ref, value in facts:
        book[kind][ref].append(value)
    return _evaluate(node, book)


def _evaluate(node: Leaf | AllOf | AnyOf, book: dict[FactKind, dict[str, list[Decimal]]]) -> NodeStanding:
    if isinstance(node, Leaf):
        reached = _reached(node, book[node.fact])
        return NodeStanding(
            node.code,
            NodeKind.LEAF,
            node.title,
            node.title_en,
            required=node.required,
            reached=reached,
            met=reached >= node.required,
            fact=node.fact,
            bar=node.per_ref_at_least,
            source=node.source,
            source_en=node.source_en,
            refs=node.refs,
            after=node.after,
        )
    children = tuple(_evaluate(child, book) for child in node.children)
    met = sum(child.met for child in children)
    return NodeStanding(
        node.code,
        NodeKind(node.kind),
        node.title,
        node.title_en,
        required=Decimal(node.needed),
        reached=Decimal(met),
        met=met >= node.needed,
        children=children,
    )


def standing(*, person_id: int, level: Level) -> Standing:
    """Where one person stands before `level` (one query, whatever the size of the tree)."""
    return standings(person_ids=[person_id], level=level)[person_id]


def standings(*, person_ids: Collection[int], level: Level) -> dict[int, Standing]:
    """Where each of these people stands before `level` (one query for all of them)."""
    tree = parse_tree(level.requirements)
    facts = _facts_for(tree, person_ids)
    return {person_id: Standing(level, evaluate(tree, of_person)) for person_id, of_person in facts.items()}


def evaluate_for(person_id: int, tree: dict[str, Any]) -> NodeStanding:
    """Where one person stands before any requirement tree, such as what a course asks for first (one query)."""
    node = parse_tree(tree)
    return evaluate(node, _facts_for(node, [person_id])[person_id])


def _facts_for(tree: Leaf | AllOf | AnyOf, person_ids: Collection[int]) -> dict[int, list[Fact]]:
    """The facts of these people that a tree reads, oldest first."""
    facts: dict[int, list[Fact]] = {person_id: [] for person_id in person_ids}
    rows = (
        RequirementFact.objects.filter(person_id__in=facts, kind__in={leaf.fact for leaf in leaves_in(tree)})
        .order_by("occurred_at", "pk")
        .values_list("person_id", "kind", "ref", "value")
    )
    for person_id, kind, ref, value in rows:
        facts[person_id].append((FactKind(kind), ref, value))
    return facts
