"""Who may be admitted to what a level asks for, such as its exam: the rules that come first, and which are not met."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lms.kernel.levels import LevelCode
from lms.schemes.enums import FactKind
from lms.schemes.validators import leaves_in, parse_tree

from .current import level_of
from .standing import NodeStanding, standings

if TYPE_CHECKING:
    from lms.schemes.models import Level, SchemeVersion


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What a person still has to do before being admitted; nothing, and they are."""

    missing: tuple[NodeStanding, ...] = ()

    @property
    def eligible(self) -> bool:
        """Whether every rule that comes first is met."""
        return not self.missing

    @property
    def reasons(self) -> list[str]:
        """Why not yet, a sentence for each rule, in the language now active."""
        return [_("%(rule)s: %(why)s") % {"rule": node.label, "why": node.why} for node in self.missing]


def eligibility(
    *,
    person_ids: Collection[int],
    version: "SchemeVersion",
    level: LevelCode | str,
    fact: FactKind = FactKind.EXAM,
) -> dict[int, Eligibility]:
    """Whether each of these people may be admitted to the `fact` of a level (two queries for all of them).

    What comes first is written in the scheme: the codes that the level's leaf of this fact names in `after`.
    """
    asked = level_of(version, level)
    first = _comes_first(asked, fact)
    found = standings(person_ids=person_ids, level=asked)
    return {
        person_id: Eligibility(tuple(node for node in _named(standing.root, first) if not node.met))
        for person_id, standing in found.items()
    }


def _comes_first(level: "Level", fact: FactKind) -> frozenset[str]:
    leaves = [leaf for leaf in leaves_in(parse_tree(level.requirements)) if leaf.fact == fact]
    own = [leaf for leaf in leaves if not leaf.refs or level.code in leaf.refs] if fact == FactKind.EXAM else leaves
    return frozenset(code for leaf in own for code in leaf.after)


def _named(node: NodeStanding, codes: frozenset[str]) -> Iterator[NodeStanding]:
    if node.code in codes:
        yield node
        return
    for child in node.children:
        yield from _named(child, codes)


def pass_mark(version: "SchemeVersion", level: LevelCode | str) -> int | None:
    """The percentage that the level's own exam leaf asks for; None where it asks for no exam (one query)."""
    asked = level_of(version, level)
    leaves = [leaf for leaf in leaves_in(parse_tree(asked.requirements)) if leaf.fact == FactKind.EXAM]
    return next((int(leaf.required) for leaf in leaves if not leaf.refs or asked.code in leaf.refs), None)
