"""A requirement tree as a desk shows it: rows with figures, why not yet, and where to go."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.desks.navigation import address
from lms.schemes.enums import FactKind

if TYPE_CHECKING:
    from lms.schemes.selectors.standing import NodeStanding, Standing

# Where a kind of requirement is worked on, and the words of the link.
ACTS: dict[FactKind, tuple[str, Promise]] = {
    FactKind.CLASS_HOURS: ("courses:catalogue", _("Go on studying")),
    FactKind.EXAM: ("exams:list", _("To the exams")),
    FactKind.SIMULATION: ("simulations:list", _("To the deal simulations")),
    FactKind.CONTRIBUTION: ("credits:statement", _("See the credits")),
    FactKind.CERTIFICATE: ("certificates:mine", _("See the certificates")),
}
TWO_PLACES = (FactKind.CLASS_HOURS, FactKind.CONTRIBUTION)
YES_OR_NO = (FactKind.IDENTITY, FactKind.CERTIFICATE)


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of why a requirement is met or not."""

    met: bool
    begun: bool
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of the map."""

    code: str
    label: str
    done: bool
    begun: bool
    reached: str
    required: str
    percent: int
    reasons: tuple[Reason, ...]
    act_url: str
    act: str

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
    return tuple(_requirement(node) for node in standing.root.children)


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


def _requirement(node: "NodeStanding") -> Requirement:
    leaves = tuple(node.leaves())
    head = leaves[0]
    counted = head.fact not in YES_OR_NO
    url, act = _act(leaves)
    return Requirement(
        code=node.code,
        label=node.label,
        done=node.met,
        begun=any(leaf.reached for leaf in leaves),
        reached=figure(head, head.reached) if counted else "",
        required=figure(head, head.required) if counted else "",
        percent=100 if node.met else min(share_of(leaf) for leaf in leaves),
        reasons=tuple(Reason(leaf.met, bool(leaf.reached), leaf.label, leaf.why) for leaf in leaves),
        act_url="" if node.met else url,
        act="" if node.met else str(act),
    )


def _act(leaves: Iterable["NodeStanding"]) -> tuple[str, Promise | str]:
    for leaf in leaves:
        if not leaf.met and leaf.fact in ACTS:
            name, words = ACTS[leaf.fact]
            return address(name), words
    return "", ""
