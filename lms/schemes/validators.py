"""What a requirement tree may look like; the reference is docs/reference/requirement-tree.md."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass

from .enums import FactKind

# Facts of these kinds ask how many different things reached a bar, not how much there is in all.
COUNTED = frozenset({FactKind.SIMULATION})

Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Quantity = Annotated[Decimal, Field(gt=0, max_digits=9, decimal_places=2)]


class Strict(BaseModel):
    """Values read from a file: nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
    # Codes of this tree that come first; they say in which order, not whether it is met.
    after: tuple[Code, ...] = ()
    source: Text
    source_en: Text

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        counted = self.count is not None and self.per_ref_at_least is not None and self.at_least is None
        summed = self.at_least is not None and self.count is None and self.per_ref_at_least is None
        if self.fact in COUNTED and not counted:
            raise ValueError("this kind of fact needs count and per_ref_at_least, and no at_least")
        if self.fact not in COUNTED and not summed:
            raise ValueError("this kind of fact needs at_least, and neither count nor per_ref_at_least")
        return self

    @property
    def required(self) -> Decimal:
        """The figure that must be reached."""
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


Speed = Annotated[Decimal, Field(gt=0, le=4, max_digits=4, decimal_places=2)]


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class StudyRules:
    """How study is measured under a version: the `study_rules` of its file, each with the figure used without one."""

    # A lease of study time runs so long and must then be renewed.
    lease_s: Annotated[int, Field(ge=30, le=60)] = 60
    # Credit is at most wall time × this, by what is studied.
    reading_speed: Speed = Decimal(1)
    video_speed: Speed = Decimal("1.5")
    audio_speed: Speed = Decimal("1.5")
    # The most minutes that a Beijing day counts.
    daily_minutes: Annotated[int, Field(ge=15, le=1440)] = 360
    # A presence challenge comes after so much counted study, drawn between the two, and may be answered so long.
    presence_from_s: Annotated[int, Field(ge=60, le=7200)] = 480
    presence_to_s: Annotated[int, Field(ge=60, le=7200)] = 900
    presence_answer_s: Annotated[int, Field(ge=60, le=600)] = 120
    # Intervals kept by a player without a network are accepted so long afterwards.
    late_hours: Annotated[int, Field(ge=1, le=720)] = 72
    minutes_per_class_hour: Annotated[int, Field(ge=30, le=60)] = 45

    @model_validator(mode="after")
    def _draws_from_a_span(self) -> Self:
        if self.presence_to_s < self.presence_from_s:
            raise ValueError("presence_to_s must not be less than presence_from_s")
        return self


_STUDY_RULES: TypeAdapter[StudyRules] = TypeAdapter(StudyRules)


def parse_study_rules(data: Any) -> StudyRules:
    """The study rules that `data` (a file's, or a version's) describes; what it leaves out is usual."""
    return _STUDY_RULES.validate_python(data)


def dump_study_rules(rules: StudyRules) -> dict[str, Any]:
    """The rules as a version keeps them; speeds as text."""
    kept: dict[str, Any] = _STUDY_RULES.dump_python(rules, mode="json")
    return kept
