"""What a requirement tree may look like; the reference is docs/reference/requirement-tree.md."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from lms.schemes.enums import FactKind

# Facts of these kinds ask how many different things reached a bar, not how much there is in all.
COUNTED = frozenset({FactKind.SIMULATION})
# Facts of these kinds are added up, over all references that a leaf names.
SUMMED = frozenset({FactKind.CLASS_HOURS, FactKind.CONTRIBUTION, FactKind.PRACTICE})

Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Quantity = Annotated[Decimal, Field(gt=0, max_digits=9, decimal_places=2)]


class Strict(BaseModel):
    """Values read from a file: nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Years(Strict):
    """A window of so many years that ends on the day asked."""

    years: Annotated[int, Field(ge=1, le=20)]


class Leaf(Strict):
    """One requirement: what the facts of one kind must come to. No `refs` means facts of any reference."""

    kind: Literal["leaf"]
    code: Code
    title: Text
    title_en: Text
    fact: FactKind
    refs: tuple[Code, ...] = ()
    at_least: Quantity | None = None
    count: Annotated[int, Field(ge=1)] | None = None
    per_ref_at_least: Quantity | None = None
    # Only facts of this window count; without one, all facts do. `cycle`: since the evidence behind the certificate
    # that is to be renewed was frozen.
    within: Years | Literal["cycle"] | None = None
    # So many per cent of the credits that count come from the kinds named in `practice`.
    share_of_practice_at_least: Annotated[int, Field(ge=1, le=100)] | None = None
    practice: tuple[Code, ...] | None = None
    # Instead of a figure to reach: nothing of this may stand.
    absent: Literal[True] | None = None
    # Codes of this tree that come first; they say in which order, not whether it is met.
    after: tuple[Code, ...] = ()
    source: Text
    source_en: Text

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if self.absent:
            self._asks_for_nothing_to_stand()
            return self
        counted = self.count is not None and self.per_ref_at_least is not None and self.at_least is None
        summed = self.at_least is not None and self.count is None and self.per_ref_at_least is None
        if self.fact in COUNTED and not counted:
            raise ValueError("this kind of fact needs count and per_ref_at_least, and no at_least")
        if self.fact not in COUNTED and not summed:
            raise ValueError("this kind of fact needs at_least, and neither count nor per_ref_at_least")
        return self

    def _asks_for_nothing_to_stand(self) -> None:
        if self.fact not in SUMMED or not self.refs:
            raise ValueError("absent needs a kind of fact that is added up, and refs")
        if self.at_least is not None or self.count is not None or self.per_ref_at_least is not None:
            raise ValueError("absent stands instead of at_least, count and per_ref_at_least")

    @model_validator(mode="after")
    def _shares_practice_wholly(self) -> Self:
        if (self.share_of_practice_at_least is None) != (not self.practice):
            raise ValueError("share_of_practice_at_least and practice are given together")
        if self.practice and (self.fact != FactKind.CONTRIBUTION or self.absent):
            raise ValueError("only contribution credits have a share of practice")
        if self.refs and not set(self.practice or ()) <= set(self.refs):
            raise ValueError("practice names what refs leaves out")
        return self

    @property
    def required(self) -> Decimal:
        """The figure that must be reached; of what must not stand, 1 says that nothing does."""
        if self.absent:
            return Decimal(1)
        return Decimal(self.count) if self.count is not None else self.at_least or Decimal(0)


class AllOf(Strict):
    """Every child must be met; without children there is nothing to ask and it is met."""

    kind: Literal["all-of"]
    code: Code | Literal[""] = ""
    title: Text
    title_en: Text
    children: tuple["Node", ...]

    @property
    def needed(self) -> int:
        """How many children must be met."""
        return len(self.children)


class AnyOf(Strict):
    """At least `at_least` of the children must be met."""

    kind: Literal["any-of"]
    code: Code | Literal[""] = ""
    title: Text
    title_en: Text
    at_least: Annotated[int, Field(ge=1)]
    children: Annotated[tuple["Node", ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        if self.at_least > len(self.children):
            raise ValueError("at_least asks for more children than there are")
        return self

    @property
    def needed(self) -> int:
        """How many children must be met."""
        return self.at_least


Node = Annotated[Leaf | AllOf | AnyOf, Field(discriminator="kind")]
_NODE: TypeAdapter[Leaf | AllOf | AnyOf] = TypeAdapter(Node)


def parse_tree(data: Any) -> Leaf | AllOf | AnyOf:
    """The tree that `data` (from a file or `Level.requirements`) describes; pydantic names what is wrong."""
    return _NODE.validate_python(data)


def codes_in(node: Leaf | AllOf | AnyOf) -> Iterator[str]:
    """The codes of a node and of everything under it, top down; a group may go without one."""
    if node.code:
        yield node.code
    for child in () if isinstance(node, Leaf) else node.children:
        yield from codes_in(child)


def met_by(node: Leaf | AllOf | AnyOf, fact: FactKind) -> bool:
    """Whether facts of this kind alone could meet the node."""
    if isinstance(node, Leaf):
        return node.fact == fact
    met = sum(met_by(child, fact) for child in node.children)
    return bool(node.children) and met >= node.needed


def order_fault(tree: Leaf | AllOf | AnyOf) -> str:
    """The first leaf whose `after` names nothing of the tree or leads back to itself; empty when there is none."""
    return order_fault_in(tree.model_dump())


def order_fault_in(tree: dict[str, Any]) -> str:
    """The same for a tree as data, also for one that is not whole yet."""
    inside = _inside(tree)
    first = {leaf["code"]: tuple(leaf.get("after", ())) for leaf in _leaves(tree)}
    for code, befores in first.items():
        waiting, seen = list(befores), set[str]()
        while waiting:
            before = waiting.pop()
            if before not in inside or code in inside[before]:
                return code
            if before not in seen:
                seen.add(before)
                waiting += [further for leaf in inside[before] for further in first[leaf]]
    return ""


def _leaves(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node["kind"] == "leaf":
        yield node
    for child in node.get("children", ()):
        yield from _leaves(child)


def _inside(node: dict[str, Any]) -> dict[str, set[str]]:
    """For every code of a tree, the codes of the leaves under it."""
    parts = {code: under for child in node.get("children", ()) for code, under in _inside(child).items()}
    return {**parts, **({node["code"]: {leaf["code"] for leaf in _leaves(node)}} if node.get("code") else {})}


def leaves_in(node: Leaf | AllOf | AnyOf) -> Iterator[Leaf]:
    """The leaves under a node, or the leaf itself."""
    if isinstance(node, Leaf):
        yield node
        return
    for child in node.children:
        yield from leaves_in(child)
