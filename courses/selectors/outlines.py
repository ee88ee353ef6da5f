"""Reading a frozen version: its items in order, and the words of one of them.

Versions of schema 1 had no English twin, no topic and no recordings; they are read as they were frozen.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from courses.enums import ItemKind
from lms.schemes.enums import ModuleCode

if TYPE_CHECKING:
    from courses.models import CourseVersion


@dataclass(frozen=True, slots=True)
class Item:
    """A countable item as the version froze it."""

    uid: str
    number: int
    title_zh: str
    title_en: str
    kind: ItemKind
    module: ModuleCode
    minutes: int
    sections: tuple[str, ...]
    sections_en: tuple[str, ...] = ()
    topic: str = ""
    duration_s: int = 0

    @property
    def declared_s(self) -> int:
        """Seconds after which the item is complete, and beyond which nothing is credited."""
        return self.minutes * 60

    @property
    def title(self) -> str:
        """The title in the language now active."""
        return self.title_en if get_language() == "en" and self.title_en else self.title_zh

    @property
    def sections_here(self) -> tuple[str, ...]:
        """The headings in the language in which `blocks_here` gives the words."""
        return self.sections_en if get_language() == "en" and self.sections_en else self.sections


def items_of(version: "CourseVersion") -> list[Item]:
    """All items of the version in reading order."""
    return [
        Item(
            uid=row["item_uid"],
            number=number,
            title_zh=row["title"],
            title_en=row["title_en"],
            kind=ItemKind(row["kind"]),
            module=ModuleCode(row["module"]),
            minutes=row["minutes"],
            sections=tuple(row["sections"]),
            sections_en=tuple(row.get("sections_en", ())),
            topic=row.get("topic", ""),
            duration_s=row.get("duration_s", 0),
        )
        for number, row in enumerate(version.outline["items"], start=1)
    ]


def item_of(version: "CourseVersion", item_uid: str) -> Item | None:
    """The item with this identifier, if the version has it."""
    return next((item for item in items_of(version) if item.uid == item_uid), None)


def blocks_of(version: "CourseVersion", item_uid: str) -> list[dict[str, Any]]:
    """The frozen Chinese words of one item."""
    return list(version.body["items"].get(item_uid, []))


def english_blocks_of(version: "CourseVersion", item_uid: str) -> list[dict[str, Any]]:
    """The frozen English words of one item; none where the version has no twin (schema 1 never has)."""
    return list(version.body.get("items_en", {}).get(item_uid, []))


def blocks_here(version: "CourseVersion", item_uid: str) -> tuple[str, list[dict[str, Any]]]:
    """The words for the reader of the language now active, and the language that they are in."""
    english = english_blocks_of(version, item_uid) if get_language() == "en" else []
    return ("en", english) if english else ("zh-Hans", blocks_of(version, item_uid))


def frozen_captions(version: "CourseVersion", item_uid: str, number: int, language: str) -> str | None:
    """The captions of an item's video in that language, as they were when the version was frozen."""
    videos = [block for block in blocks_of(version, item_uid) if block["type"] == "video" and block["number"] == number]
    return videos[0]["captions"].get(language) if videos else None
