"""The state of one attempt: what the events add up to. Only `apply` writes it."""

from copy import copy
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Moment:
    """One event as the timeline shows it: where it stands in game time."""

    seq: int
    type: str
    day: int
    data: dict[str, Any]
    cmd: int


@dataclass(frozen=True, slots=True)
class Reply:
    """One party's reply to a round: its favourite package, how it felt, what it asked to look at again."""

    party: str
    package: int
    mood: str
    issues: tuple[str, ...]
    counter: dict[str, Any] | None
    seq: int


@dataclass(frozen=True, slots=True)
class Offer:
    """One round: the packages put forward and the replies so far."""

    round: int
    day: int
    packages: tuple[dict[str, Any], ...]
    seq: int
    replies: tuple[Reply, ...] = ()


@dataclass(slots=True)
class State:
    """Days and budget count down; `seen` keeps, for every key, the numbers of the events that made it true."""

    scenario: str = ""
    version: str = ""
    sha256: str = ""
    flavour: str = ""
    variant: int = 0
    level: str = "standard"
    seed: str = ""
    status: str = "new"
    ended_how: str = ""
    ended_why: str = ""
    seq: int = 0
    commands: int = 0
    stage: str = ""
    day: int = 0
    days_left: int = 0
    budget_left: int = 0
    partner: str = ""
    broken_by: str = ""
    deal: dict[str, Any] | None = None
    trust: dict[str, int] = field(default_factory=dict)
    trust_low: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Moment] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    traps: dict[str, int] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    drafts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    procedures: dict[str, dict[str, Any]] = field(default_factory=dict)
    cards: dict[str, Moment] = field(default_factory=dict)
    offers: list[Offer] = field(default_factory=list)
    seen: dict[str, tuple[int, ...]] = field(default_factory=dict)
    journal: list[Moment] = field(default_factory=list)
    # Lines of a view that were made once and only grow; no part of what the events add up to.
    shown: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def copy(self) -> "State":
        """Copy containers, share the immutable things inside them."""
        copied: Any = copy(self)
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, dict | list):
                setattr(copied, each.name, value.copy())
        return copied
