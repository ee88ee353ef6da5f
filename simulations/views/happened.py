"""What an act brought, told where it was done and once more on top: days, money, trust, clues, mishaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from simulations.selectors.tables import Happening

from .words import cost

_ALARMS = frozenset({"trap-sprung.1", "question-evaded.1", "talks-broken.1"})
_EVENTS = frozenset({"chance-drawn.1", "card-laid.1", "effect-followed.1"})
_FOUND = "fact-learned.1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One act with what came of it."""

    number: int
    when: str
    title: str
    spent: str
    trust: list[tuple[str, str]]  # name, change with its sign
    found: list[str]
    alarms: list[str]
    events: list[str]

    @property
    def is_bad(self) -> bool:
        return bool(self.alarms)


def _texts(happening: Happening, kinds: Sequence[str] | frozenset[str]) -> list[str]:
    return [line["text"] for line in happening.lines if line["type"] in kinds]


def _told_by_card(happening: Happening) -> frozenset[str]:
    """A draw of chance that laid a card is told by the card."""
    laid = any(line["type"] == "card-laid.1" for line in happening.lines)
    return frozenset({"chance-drawn.1"}) if laid else frozenset()


def outcome(happening: Happening, names: dict[str, str], clues: dict[str, str], unit: str) -> Outcome:
    """Put one happening into words; `names` are those of the parties, `clues` the texts of what was found."""
    rest = [line["text"] for line in happening.lines if line["type"] not in {*_ALARMS, *_EVENTS, _FOUND}]
    spent = {"days": happening.days, "budget": happening.budget}
    return Outcome(
        number=happening.command,
        when=_("Day %(day)s") % {"day": happening.day},
        title=rest[0] if rest else next(iter(_texts(happening, _ALARMS)), ""),
        spent=cost(spent, unit) if any(spent.values()) else "",
        trust=[(names[party], f"{by:+d}".replace("-", "−")) for party, by in happening.trust.items()],
        found=[clues[fact] for fact in happening.facts],
        alarms=_texts(happening, _ALARMS),
        events=_texts(happening, _EVENTS - _told_by_card(happening)),
    )


@dataclass(frozen=True, slots=True)
class Course:
    """All that was done: the latest on top of the room, and each act's own outcome beside it."""

    latest: Outcome | None
    of: dict[str, Outcome]


def course(happenings: Sequence[Happening], view: dict[str, Any], unit: str) -> Course:
    """Everything done, by what it was about; an act tried twice shows its last try."""
    names = {party["id"]: party["name"] for party in view["parties"]}
    clues = {fact["id"]: fact["text"] for fact in view["facts"]}
    told = [(each.subject, outcome(each, names, clues, unit)) for each in happenings]
    latest = next((each for _subject, each in reversed(told) if each.title), None)
    return Course(latest, {subject: each for subject, each in told if subject})
