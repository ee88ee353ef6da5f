"""Everything that one lesson page shows."""

from dataclasses import dataclass
from typing import Any

from courses.models import Enrolment
from lms.schemes.enums import ModuleCode

from .margins import Margin, margin_of
from .progress import ItemStanding, item_standings, title_of
from .words import words_of


@dataclass(frozen=True, slots=True)
class Chapter:
    """The lessons of one module, as the outline groups them."""

    module: ModuleCode
    standings: tuple[ItemStanding, ...]


@dataclass(frozen=True, slots=True)
class LessonView:
    """One lesson of a frozen version with its neighbours, its margin and its reader's standing."""

    enrolment: Enrolment
    course_title: str
    standings: list[ItemStanding]
    current: ItemStanding
    language: str
    blocks: list[dict[str, Any]]
    margin: Margin
    previous: ItemStanding | None
    following: ItemStanding | None

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The headings of the lesson, in the language in which it is read."""
        return [block for block in self.blocks if block["type"] == "section"]

    @property
    def chapters(self) -> list[Chapter]:
        """All lessons, those of one module together; the module that comes first in reading order stands first."""
        modules = dict.fromkeys(standing.item.module for standing in self.standings)
        return [Chapter(module, tuple(s for s in self.standings if s.item.module == module)) for module in modules]

    @property
    def left_minutes(self) -> int:
        """Minutes still to be studied in the whole course, begun ones counted whole."""
        return sum(standing.left_minutes for standing in self.standings)


def lesson_view(enrolment: Enrolment, item_uid: str) -> LessonView | None:
    """The page of this item, or None when the version has no such item (two queries).

    `enrolment` comes from `with_margin`.
    """
    standings = item_standings(enrolment)
    place = next((n for n, standing in enumerate(standings) if standing.item.uid == item_uid), None)
    if place is None:
        return None
    language, blocks = words_of(enrolment.course_version_id, item_uid)
    return LessonView(
        enrolment=enrolment,
        course_title=title_of(enrolment),
        standings=standings,
        current=standings[place],
        language=language,
        blocks=blocks,
        margin=margin_of(enrolment),
        previous=standings[place - 1] if place else None,
        following=standings[place + 1] if place + 1 < len(standings) else None,
    )
