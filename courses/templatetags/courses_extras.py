"""What course pages ask for: the list, the visitor's own enrolment, times as a reader counts them."""

from datetime import date
from typing import Any

from django import template
from django.utils.dateformat import format as written
from django.utils.translation import get_language

from courses.models import Application, Course, CoursePage, Enrolment
from courses.selectors.applications import pending_among
from courses.selectors.asking import asked_in
from courses.selectors.catalogue import Catalogue, CatalogueEntry, catalogue, entry_of
from courses.selectors.offerings import OfferedPlace, offered_in
from courses.selectors.prerequisites import prerequisites_of
from courses.selectors.progress import live_enrolment
from courses.services.retaining import kept_for
from lms.accounts.selectors.people import person_of
from lms.kernel.clock import now
from lms.schemes.selectors.standing import NodeStanding

register = template.Library()


@register.simple_tag(takes_context=True)
def course_catalogue(context: template.Context) -> Catalogue:
    """One page of the courses that can be taken up, as the address asks."""
    asked = context["request"].GET
    return catalogue(asked_in(asked), asked.get("page", 1), now())


@register.simple_tag
def course_offerings(course: Course) -> list[OfferedPlace]:
    """What is offered of the course and not over."""
    return offered_in(course, now())


@register.simple_tag(takes_context=True)
def course_prerequisites(context: template.Context, course: Course) -> NodeStanding | None:
    """What the course asks for first, with where the visitor stands if one has signed in."""
    person = person_of(context["request"].user) if course.prerequisites else None
    return prerequisites_of(course, person.pk if person else None)


@register.simple_tag(takes_context=True)
def my_pending(context: template.Context, places: list[OfferedPlace]) -> list[Application]:
    """What the visitor has applied for among these offerings and nobody has decided yet."""
    request = context["request"]
    asked = [place.offering for place in places if place.offering.by_application]
    if not asked or not request.user.is_authenticated:
        return []
    return pending_among(person_of(request.user), asked)


@register.simple_tag
def papers_kept_days() -> int:
    """How many days after the decision the documents of an application are kept."""
    return kept_for().days


@register.filter
def weekday_day(day: date) -> str:
    """A day with its weekday: 2026 年 11 月 29 日（星期日）, Sunday, 29 November 2026."""
    return written(day, "l, j F Y" if get_language() == "en" else "Y 年 n 月 j 日（l）")


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
