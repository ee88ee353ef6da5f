"""Everything that one lesson page shows."""

from dataclasses import dataclass
from typing import Any

from courses.models import CourseVersion, Enrolment

from .outlines import blocks_of
from .progress import ItemStanding, item_standings, title_of


@dataclass(frozen=True, slots=True)
class LessonView:
    """One lesson of a frozen version with its neighbours and its reader's standing."""

    enrolment: Enrolment
    course_title: str
    standings: list[ItemStanding]
    current: ItemStanding
    blocks: list[dict[str, Any]]
    previous: ItemStanding | None
    following: ItemStanding | None


def lesson_view(enrolment: Enrolment, item_uid: str) -> LessonView | None:
    """The page of this item, or None when the version has no such item (two queries)."""
    standings = item_standings(enrolment)
    place = next((n for n, standing in enumerate(standings) if standing.item.uid == item_uid), None)
    if place is None:
        return None
    version = CourseVersion.objects.only("body").get(pk=enrolment.course_version_id)
    return LessonView(
        enrolment=enrolment,
        course_title=title_of(enrolment),
        standings=standings,
        current=standings[place],
        blocks=blocks_of(version, item_uid),
        previous=standings[place - 1] if place else None,
        following=standings[place + 1] if place + 1 < len(standings) else None,
    )
