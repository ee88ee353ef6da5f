"""What course pages ask for: the list, the visitor's own enrolment, times as a reader counts them."""

from typing import Any

from django import template
from django.core.paginator import Page

from courses.models import Course, CoursePage, Enrolment
from courses.selectors.catalogue import CatalogueEntry, Filters, catalogue, entry_of, filters_of
from courses.selectors.progress import live_enrolment

register = template.Library()


@register.simple_tag(takes_context=True)
def open_courses(context: template.Context) -> Page[CoursePage]:
    """One page of the courses that can be taken up, by `?level=`, `?base=` and `?page=`."""
    asked = context["request"].GET
    return catalogue(asked.get("page", 1), level=_code(asked.get("level", "")), base=_code(asked.get("base", "")))


@register.simple_tag(takes_context=True)
def course_filters(context: template.Context) -> Filters:
    """The filters of the list as the address has set them."""
    asked = context["request"].GET
    return filters_of(level=_code(asked.get("level", "")), base=_code(asked.get("base", "")))


def _code(text: str) -> str:
    """A code as an address writes it; what no database takes is not asked."""
    return text if text.isprintable() else ""


@register.simple_tag
def course_entry(page: CoursePage) -> CatalogueEntry:
    """What the public face of a course says."""
    return entry_of(page)


@register.simple_tag(takes_context=True)
def my_enrolment(context: template.Context, course: Course) -> Enrolment | None:
    """The visitor's own enrolment in the course."""
    request = context.get("request")
    return live_enrolment(request.user, course) if request is not None and hasattr(request, "user") else None


@register.filter
def minutes_seconds(seconds: int) -> str:
    """Seconds as `12:30`."""
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


@register.filter
def block_template(block: dict[str, Any]) -> str:
    """The template that shows a frozen block."""
    return f"courses/blocks/{block['type']}.html"
