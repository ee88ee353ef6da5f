"""`seed_demo --people N`: filling the demonstration with people at every stage, chapter by chapter.

Everything that ever happened is put in order of time and told in chapters. A chapter and the mark that it was
told are one transaction, so telling can be broken off anywhere and goes on where it stopped; what was told is
never told again, whatever day it is by then.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from lms.accounts.selectors.people import people_by_mail
from lms.kernel.refusals import Conflict, Refusal
from lms.records.selectors.audit import events_about
from lms.records.services import audit

from . import cast
from .classes import Roster, class_happenings
from .doing import Scene, read_notices
from .happenings import Happening, day_at, story_of
from .population import cast_recruits, rosters

if TYPE_CHECKING:
    from lms.accounts.models import Person

SUBJECT = "demo.population"
# Who looks at their notices, and how long ago they last did.
READERS, LAST_READ_DAYS = (cast.MANAGER.email, cast.CERTIFIER.email, cast.HOLDER.email), 5
_CAST = frozenset(learner.email for learner in cast.LEARNERS)
CHAPTER = 60


class OtherSize(Conflict):
    """People are imported once; a demonstration of another size begins with an empty database."""

    code = "demonstration-of-other-size"
    message = "This demonstration holds %(there)s people. Another number needs an empty database: make clean."


@dataclass(frozen=True)
class _Told:
    """Which chapters stand in the audit book, of how many, and from which moment all of them count their days."""

    anchor: datetime
    chapters: frozenset[int]
    of: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is left to tell."""
        return self.of > 0 and self.chapters >= set(range(1, self.of + 1))


def people_told() -> int:
    """How many people an earlier filling was for; 0 where nobody was told of yet."""
    first = events_about(SUBJECT).first()
    return int(first.detail["people"]) if first else 0


def _told(people: int) -> _Told | None:
    details = [event.detail for event in events_about(SUBJECT)]
    if not details:
        return None
    if details[0]["people"] != people:
        raise OtherSize(there=details[0]["people"])
    return _Told(
        datetime.fromisoformat(details[0]["anchor"]),
        frozenset(detail["chapter"] for detail in details),
        max(detail["of"] for detail in details),
    )


def _mark(chapter: int, of: int, *, people: int, anchor: datetime, now: datetime) -> None:
    detail = {"people": people, "chapter": chapter, "of": of, "anchor": anchor.isoformat()}
    audit.record(action="demo.chapter.tell", actor="system", subject=SUBJECT, detail=detail, now=now)


def begin_telling(*, people: int, now: datetime) -> datetime:
    """The moment from which all days of the demonstration are counted: set once, by whoever fills it first."""
    told = _told(people)
    if told is None:
        _mark(0, 0, people=people, anchor=now, now=now)
    return told.anchor if told else now


def happenings(people: int, anchor: datetime) -> list[Happening]:
    """Everything that happens, in order of time."""
    return sorted(_happenings(people, anchor), key=lambda happening: happening.at)


def _happenings(people: int, anchor: datetime) -> Iterator[Happening]:
    for batch, recruits in rosters(people):
        yield from class_happenings(Roster(batch, recruits, anchor))
        for recruit in recruits:
            yield from story_of(recruit, anchor)
    for recruit in cast_recruits():
        yield from story_of(recruit, anchor)
    for email in READERS:
        yield Happening(day_at(anchor, -LAST_READ_DAYS, 1.0), email, read_notices)


def populate(*, people: int, scene: Scene, anchor: datetime) -> None:
    """Tell every chapter that has not been told, up to `people` people of the first base."""
    told = _told(people) or _Told(anchor, frozenset())
    if told.whole:
        return
    story, teller = happenings(people, anchor), _Teller(scene)
    chapters = [story[first : first + CHAPTER] for first in range(0, len(story), CHAPTER)]
    for number, chapter in enumerate(chapters, start=1):
        if number in told.chapters:
            continue
        with transaction.atomic():
            teller.tell(chapter)
            _mark(number, len(chapters), people=people, anchor=anchor, now=chapter[-1].at)


@dataclass
class _Teller:
    """Lets happenings happen, and remembers whom it has met."""

    scene: Scene
    met: dict[str, "Person"] = field(default_factory=dict)

    def tell(self, chapter: Sequence[Happening]) -> None:
        for at, happening in enumerate(chapter):
            if happening.email and happening.email not in self.met:
                self.met.update(people_by_mail({later.email for later in chapter[at:]} - self.met.keys()))
            if happening.email in _CAST:
                self._happen_unless_it_has(happening)
            else:
                self._happen(happening)

    def _happen(self, happening: Happening) -> None:
        happening.act(self.scene, self.met.get(happening.email), happening.at, **happening.what)

    def _happen_unless_it_has(self, happening: Happening) -> None:
        """Visitors sign in as the cast: what they have done already in an older demonstration stays theirs."""
        with suppress(Refusal), transaction.atomic():
            self._happen(happening)
