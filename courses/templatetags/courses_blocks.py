"""What the templates of a lesson's blocks ask for."""

from datetime import datetime
from typing import Any

from django import template

from courses.models import Enrolment
from courses.selectors.versions import is_offered
from courses.services.freezing import frozen_block, frozen_blocks

register = template.Library()


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
