"""A requirement tree as a desk shows it: rows with figures, why not yet, and where to go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from lms.desks.enums import RuleState
from lms.desks.navigation import address
from lms.schemes.enums import FactKind, NodeKind

if TYPE_CHECKING:
    from lms.schemes.selectors.standing import NodeStanding, Standing

# Where a kind of requirement is worked on, and the words of the link.
ACTS: dict[FactKind, tuple[str, Promise]] = {
    FactKind.CLASS_HOURS: ("courses:catalogue", _("Go on studying")),
    FactKind.EXAM: ("exams:list", _("To the exams")),
    FactKind.SIMULATION: ("simulations:list", _("To the deal simulations")),
    FactKind.CONTRIBUTION: ("credits:statement", _("See the credits")),
    FactKind.COURSE: ("courses:catalogue", _("To the courses")),
    FactKind.PRACTICE: ("courses:my-practice", _("To the practice records")),
    FactKind.CERTIFICATE: ("certificates:mine", _("See the certificates")),
}
TWO_PLACES = (FactKind.CLASS_HOURS, FactKind.CONTRIBUTION)
YES_OR_NO = (FactKind.IDENTITY, FactKind.CERTIFICATE, FactKind.COURSE)

# The nodes of a tree by their codes.
Tree = Mapping[str, "NodeStanding"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of why a requirement is met or not."""

    met: bool
    state: RuleState
    label: str
    why: str
    first: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of the map."""

    code: str
    label: str
    state: RuleState
    reached: str
    required: str
    percent: int
    reasons: tuple[Reason, ...]
    act_url: str
    act: str

    @property
    def done(self) -> bool:
        """Whether it is met."""
        return self.state == RuleState.DONE

    @property
    def begun(self) -> bool:
        """Whether something of it is there."""
        return self.state in (RuleState.DONE, RuleState.DOING)

    @property
    def open(self) -> bool:
        """Whether its reasons are unfolded: those that one is working on."""
        return self.begun and not self.done

    @property
    def why(self) -> str:
        """The first reason why it is not met yet; nothing once it is."""
        return next((reason.why for reason in self.reasons if not reason.met), "")


def requirements_of(standing: "Standing") -> tuple[Requirement, ...]:
    """The requirements directly under the level, each with the reasons of everything under it."""
    tree = by_code(standing.root)
    return tuple(_requirement(node, tree) for node in standing.root.children)


def by_code(root: "NodeStanding") -> Tree:
    """Every node of a tree under its code, so that one may name another."""
    return {node.code: node for node in _nodes(root) if node.code}


def _nodes(node: "NodeStanding") -> Iterator["NodeStanding"]:
    yield node
    for child in node.children:
        yield from _nodes(child)


def firsts(node: "NodeStanding", tree: Tree) -> tuple["NodeStanding", ...]:
    """What the scheme puts before this rule and is not met yet."""
    named = dict.fromkeys(code for leaf in node.leaves() if not leaf.met for code in leaf.after)
    return tuple(tree[code] for code in named if code in tree and not tree[code].met)


def state_of(node: "NodeStanding", tree: Tree) -> RuleState:
    """Done, under way, waiting for another rule, or open to be begun."""
    if node.met:
        return RuleState.DONE
    leaves = tuple(node.leaves())
    if any(leaf.reached or _is_begun(leaf, tree) for leaf in leaves):
        return RuleState.DOING
    waiting = all(firsts(leaf, tree) for leaf in leaves)
    return RuleState.BLOCKED if leaves and waiting else RuleState.NOT_STARTED


def _is_begun(leaf: "NodeStanding", tree: Tree) -> bool:
    """A course reports itself when it is complete; once class hours are posted it is under way."""
    hours = (node for node in tree.values() if node.fact == FactKind.CLASS_HOURS)
    return leaf.fact == FactKind.COURSE and any(node.reached for node in hours)


def first_words(node: "NodeStanding", tree: Tree) -> str:
    """What comes before a rule that nobody can begin yet, in a sentence; nothing for the others."""
    if state_of(node, tree) != RuleState.BLOCKED:
        return ""
    names = pgettext("between titles", ", ").join(first.label for first in firsts(node, tree))
    return gettext("The scheme puts this first: %(names)s.") % {"names": names}


def leaves_of(standing: "Standing", kind: FactKind) -> tuple["NodeStanding", ...]:
    """The leaves of one kind, the whole before its parts."""
    return tuple(leaf for leaf in standing.leaves() if leaf.fact == kind)


def share_of(leaf: "NodeStanding") -> int:
    """How much of a requirement is reached, in whole per cent, never more than all of it."""
    if leaf.met or not leaf.required:
        return 100
    return max(0, min(99, int(leaf.reached * 100 / leaf.required)))


def figure(leaf: "NodeStanding", value: Decimal) -> str:
    """A figure as people write it: hours and credits to one hundredth, marks and counts plain."""
    return f"{value:.2f}" if leaf.fact in TWO_PLACES else f"{value.normalize():f}"


def act_of(node: "NodeStanding", tree: Tree) -> tuple[str, str]:
    """The one place where a rule is worked on, and the words of the link; of a blocked one, what comes first."""
    if node.met:
        return "", ""
    if state_of(node, tree) == RuleState.BLOCKED:
        return act_of(firsts(node, tree)[0], tree)
    for leaf in node.leaves():
        if not leaf.met and leaf.fact in ACTS:
            name, words = ACTS[leaf.fact]
            url = address(name)
            return (url, str(words)) if url else ("", "")
    return "", ""


def _requirement(node: "NodeStanding", tree: Tree) -> Requirement:
    leaves = tuple(node.leaves())
    reached, required = figures(node)
    url, act = act_of(node, tree)
    return Requirement(
        code=node.code,
        label=node.label,
        state=state_of(node, tree),
        reached=reached,
        required=required,
        percent=percent_of(node),
        reasons=tuple(_reason(leaf, tree) for leaf in leaves),
        act_url=url,
        act=act,
    )


def _reason(leaf: "NodeStanding", tree: Tree) -> Reason:
    return Reason(leaf.met, state_of(leaf, tree), leaf.label, leaf.why, first_words(leaf, tree))


def percent_of(node: "NodeStanding") -> int:
    """How much of a rule is there: of all its parts the least, of a number of parts as many as are asked."""
    if node.met:
        return 100
    if not node.children:
        return share_of(node)
    parts = sorted((percent_of(child) for child in node.children), reverse=True)
    if node.kind == NodeKind.ANY_OF:
        return min(99, sum(parts[: int(node.required)]) // int(node.required))
    return min(parts)


def figures(node: "NodeStanding") -> tuple[str, str]:
    """What is there and what is asked: of a group of parts, the whole before its parts; nothing for yes or no."""
    if node.kind == NodeKind.ANY_OF:
        return f"{node.reached:f}", f"{node.required:f}"
    head = next(node.leaves(), node)
    if head.fact in YES_OR_NO or head.fact is None:
        return "", ""
    if node.children and any(leaf.fact != head.fact for leaf in node.leaves()):
        return "", ""
    return figure(head, head.reached), figure(head, head.required)
