"""Events: what happened, named for the past and for ever, as plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

NAMES = (
    "attempt-started.1",
    "effort-spent.1",
    "action-taken.1",
    "question-evaded.1",
    "document-read.1",
    "fact-learned.1",
    "flag-raised.1",
    "trust-changed.1",
    "trap-sprung.1",
    "chance-drawn.1",
    "assessment-made.1",
    "partner-chosen.1",
    "offer-made.1",
    "offer-answered.1",
    "deal-struck.1",
    "talks-broken.1",
    "draft-written.1",
    "paper-written.1",
    "procedure-held.1",
    "card-laid.1",
    "effect-followed.1",
    "stage-entered.1",
    "attempt-ended.1",
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `cmd` numbers the command that caused it; `at` is never read by a rule."""

    seq: int
    type: str
    data: Mapping[str, Any] = field(default_factory=dict)
    cmd: int = 0
    seat: str = "broker"
    at: str = ""


# A new shape of an event gets the next number; the entry here lifts the old data to it.
UPCASTERS: dict[str, tuple[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]]] = {}


def upcast(event: Event) -> Event:
    """Give an event of an old shape the shape that `apply` knows."""
    while event.type in UPCASTERS:
        name, lift = UPCASTERS[event.type]
        event = Event(event.seq, name, lift(event.data), event.cmd, event.seat, event.at)
    return event
