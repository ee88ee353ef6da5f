"""What the templates of a lesson's blocks ask for."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django import template
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.models import Enrolment
from courses.selectors.lessons import LessonView
from courses.selectors.versions import is_offered
from courses.services.freezing import frozen_block, frozen_blocks

register = template.Library()

DAY_S = 24 * 60 * 60
_BLOCKS = Path(__file__).parent.parent / "templates" / "courses" / "blocks"
# Changes with the templates of the blocks, so that words kept before an update of the platform are not shown after it.
_EDITION = sha256(b"".join(path.read_bytes() for path in sorted(_BLOCKS.rglob("*.html")))).hexdigest()[:12]


@register.simple_tag
def lesson_words(lesson: LessonView) -> SafeString:
    """The frozen words of a lesson. They never change, so they are drawn once a day for all who read the version."""
    version, item = lesson.enrolment.course_version_id, lesson.current.item.uid
    key = f"courses.words:{_EDITION}:{version}:{item}:{lesson.language}:{get_language()}"
    drawn = cache.get(key)
    if drawn is None:
        blocks = [render_to_string(f"courses/blocks/{block['type']}.html", {"block": block}) for block in lesson.blocks]
        drawn = "".join(blocks)
        cache.set(key, drawn, DAY_S)
    return mark_safe(drawn)  # noqa: S308 -- made by our own templates


@register.simple_tag
def frozen(body: Any) -> list[dict[str, Any]]:
    """A draft's blocks as publishing would freeze them."""
    return frozen_blocks(body)


@register.simple_tag
def update_offered(enrolment: Enrolment) -> bool:
    """Whether a later version waits for the answer of who studies; asks nothing where the course has not gone on."""
    return is_offered(enrolment)


@register.simple_tag
def frozen_one(kind: str, value: Any) -> dict[str, Any]:
    """One block of a draft as publishing would freeze it."""
    return frozen_block(kind, value)


@register.filter
def question_key(case: int, number: int) -> str:
    """What names a question of a case, once on the page: `c1-2`."""
    return f"c{case}-{number}"


@register.filter
def moment(text: str) -> datetime:
    """The moment that a frozen block holds as text."""
    return datetime.fromisoformat(text)
