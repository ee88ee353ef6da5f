"""What a person's level asks for in deal simulations, and how much of it is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from lms.schemes.enums import FactKind
from lms.schemes.selectors.current import NoRulesInForce, NoSuchLevel, current_version, level_of
from lms.schemes.selectors.standing import NodeStanding, standings


@dataclass(frozen=True, slots=True)
class Need:
    """The rule of a level about simulations: its title, how many it asks for, how many count already."""

    title: str
    required: int
    reached: int
    bar: Decimal | None

    @property
    def met(self) -> bool:
        return self.reached >= self.required


def simulations_needed(person_id: int, level: str, now: datetime) -> Need | None:
    """What the scheme in force asks of a person at a level; None where it asks for no simulation (four queries)."""
    try:
        asked = level_of(current_version(now), level)
    except (NoRulesInForce, NoSuchLevel):
        return None
    standing = standings(person_ids=[person_id], level=asked)[person_id]
    return next((_need(node) for node in _leaves(standing.root)), None)


def _leaves(node: NodeStanding) -> Iterator[NodeStanding]:
    if node.fact == FactKind.SIMULATION:
        yield node
    for child in node.children:
        yield from _leaves(child)


def _need(node: NodeStanding) -> Need:
    return Need(node.label, int(node.required), int(min(node.reached, node.required)), node.bar)
