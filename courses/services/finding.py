"""What of a course a visitor can find: its page, and each lesson of the version that the next person will read."""

from collections.abc import Iterator
from typing import Any

from wagtail.rich_text import get_text_for_indexing

from cms.foundation.enums import PublicKind
from cms.foundation.services.public_texts import Passage, passage_of, passages_of
from courses.models import CoursePage
from courses.selectors.outlines import blocks_of, english_blocks_of, items_of

ANCHOR = "#lesson-"


@passages_of.register
def passages_of_course(page: CoursePage) -> list[Passage]:
    """The page of the course, and its frozen lessons; drafts of lessons are not looked at."""
    found = [passage_of(page, kind=PublicKind.LESSON)]
    version = page.course.current_version
    if version is None:
        return found
    lessons = (
        Passage(
            kind=PublicKind.LESSON,
            place=f"{ANCHOR}{item.uid}",
            title=item.title_zh,
            title_en=item.title_en,
            text=_said(blocks_of(version, item.uid)),
            text_en=_said(english_blocks_of(version, item.uid)),
            about=page.title,
            about_en=page.title_en if page.speaks_english else "",
        )
        for item in items_of(version)
    )
    return [*found, *lessons]


def _said(blocks: list[dict[str, Any]]) -> str:
    return " ".join(word for block in blocks for word in _words(block) if word)


def _words(block: dict[str, Any]) -> Iterator[str]:
    """What a frozen block says. A self-check question keeps its answers to itself."""
    if block["type"] == "check":
        return
    for name in ("title", "caption", "alt", "reference", "term", "term_en", "meaning", "words"):
        yield block.get(name, "")
    for name in ("html", "transcript"):
        yield get_text_for_indexing(block.get(name, ""))
    yield from block.get("points", [])
    for row in (block.get("columns", []), *block.get("rows", [])):
        yield " ".join(row)
    for entry in block.get("entries", []):
        yield f"{entry['title']} {entry['detail']}"
