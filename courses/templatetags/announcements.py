"""What a course's page tells those who study it."""

from typing import Any

from django import template

from courses.models import Enrolment
from courses.selectors.announcements import told_in

register = template.Library()

SHOWN = 3


@register.inclusion_tag("courses/parts/course_announcements.html")
def course_announcements(enrolment: Enrolment) -> dict[str, Any]:
    """The last announcements of the course at the base of this enrolment (one query)."""
    return {"announcements": list(told_in(enrolment)[:SHOWN])}
