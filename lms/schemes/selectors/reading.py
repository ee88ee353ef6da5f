"""Reading a requirement tree against facts: pure, no clock and no database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from django.utils.translation import get_language

from lms.schemes.enums import FactKind, NodeKind
from lms.schemes.validators import SUMMED, AllOf, AnyOf, Leaf

from .reasons import sentence
from .windows import Asked, Window, window_of

ZERO, CENT = Decimal(0), Decimal("0.01")

# What happened; without its moment it is read by leaves that have no window.
Fact = tuple[FactKind, str, Decimal] | tuple[FactKind, str, Decimal, datetime]


class NoDay(ValueError):
    """A leaf counts within a window, and nobody said on which day it is asked."""


@dataclass(frozen=True, slots=True)
class PracticeShare:
    """How much must come from practice, in per cent and in credits; how many do; how many are posted in all."""

    percent: int
    needed: Decimal
    practice: Decimal
    posted: Decimal

    @property
    def enough(self) -> bool:
        """Whether practice makes up as much as it must."""
        return self.practice >= self.needed


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
    # The days that count; nothing where all do.
    window: Window | None = None
    # Of what must not stand: how much of it does.
    stands: Decimal | None = None
    share: PracticeShare | None = None
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


def _counted(leaf: Leaf, wanted: dict[str, list[Decimal]]) -> tuple[Decimal, Decimal]:
    """The credits that count, and how many of them come from practice: others only as far as practice carries them."""
    practice = max(ZERO, sum((sum(wanted.get(ref, ()), ZERO) for ref in leaf.practice or ()), ZERO))
    others = sum((sum(values, ZERO) for values in wanted.values()), ZERO) - practice
    if leaf.share_of_practice_at_least is None:
        return practice + others, practice
    share = Decimal(leaf.share_of_practice_at_least)
    carried = (practice * (100 - share) / share).quantize(CENT, rounding=ROUND_DOWN)
    return practice + min(others, carried), practice


def _reached(leaf: Leaf, wanted: dict[str, list[Decimal]]) -> Decimal:
    """What the facts of a leaf, grouped by reference and oldest first, come to."""
    if leaf.fact in SUMMED:
        return _counted(leaf, wanted)[0]
    standing = {ref: kept for ref, values in wanted.items() if (kept := _uncancelled(values))}
    if leaf.fact == FactKind.CERTIFICATE:
        return sum((max(ZERO, values[-1]) for values in standing.values()), ZERO)
    best = [max(values) for values in standing.values()]
    if leaf.per_ref_at_least is not None:
        return Decimal(sum(value >= leaf.per_ref_at_least for value in best))
    return max([ZERO, *best])


def _wanted(leaf: Leaf, facts: Collection[Fact], window: Window | None) -> dict[str, list[Decimal]]:
    """The values of the facts that a leaf reads, by reference, oldest first."""
    found: dict[str, list[Decimal]] = defaultdict(list)
    for _kind, ref, value, *at in facts:
        if (not leaf.refs or ref in leaf.refs) and (window is None or (at and window.holds(at[0]))):
            found[ref].append(value)
    return found


def evaluate(node: Leaf | AllOf | AnyOf, facts: Collection[Fact], asked: Asked | None = None) -> NodeStanding:
    """Read a tree against a person's facts, oldest first.

    A leaf with a window reads dated facts, (kind, ref, value, moment), and needs to know when it is `asked`.
    """
    book: dict[FactKind, list[Fact]] = defaultdict(list)
    for fact in facts:
        book[fact[0]].append(fact)
    return _evaluate(node, book, asked)


def _window(leaf: Leaf, asked: Asked | None) -> Window | None:
    if asked is not None:
        return window_of(leaf, asked)
    if leaf.within is not None:
        raise NoDay(f"{leaf.code} counts within a window; say on which day it is asked")
    return None


def _leaf(leaf: Leaf, facts: Collection[Fact], asked: Asked | None) -> NodeStanding:
    window = _window(leaf, asked)
    wanted = _wanted(leaf, facts, window)
    reached = _reached(leaf, wanted)
    lost = abs(reached) if leaf.absent else None
    if lost is not None:
        reached = ZERO if lost else Decimal(1)
    return NodeStanding(
        leaf.code,
        NodeKind.LEAF,
        leaf.title,
        leaf.title_en,
        required=leaf.required,
        reached=reached,
        met=reached >= leaf.required,
        fact=leaf.fact,
        bar=leaf.per_ref_at_least,
        source=leaf.source,
        source_en=leaf.source_en,
        refs=leaf.refs,
        after=leaf.after,
        window=window,
        stands=lost,
        share=_share(leaf, wanted),
    )


def _share(leaf: Leaf, wanted: dict[str, list[Decimal]]) -> PracticeShare | None:
    if leaf.share_of_practice_at_least is None:
        return None
    posted = sum((sum(values, ZERO) for values in wanted.values()), ZERO)
    percent = leaf.share_of_practice_at_least
    needed = (leaf.required * percent / 100).quantize(CENT, rounding=ROUND_UP)
    return PracticeShare(percent, needed, _counted(leaf, wanted)[1], posted)


def _evaluate(node: Leaf | AllOf | AnyOf, book: dict[FactKind, list[Fact]], asked: Asked | None) -> NodeStanding:
    if isinstance(node, Leaf):
        return _leaf(node, book[node.fact], asked)
    children = tuple(_evaluate(child, book, asked) for child in node.children)
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
