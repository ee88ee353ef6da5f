"""The public list of courses."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage
from lms.kernel.levels import LevelCode

from .outlines import Item, items_of

if TYPE_CHECKING:
    from courses.models import Course

PER_PAGE = 20
LEVEL_LABELS = {
    LevelCode.JUNIOR: _("Junior level"),
    LevelCode.INTERMEDIATE: _("Intermediate level"),
    LevelCode.SENIOR: _("Senior level"),
}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A course as the public sees it."""

    code: str
    url: str
    level: LevelCode
    base_here: str
    title: str
    summary: str
    items: list[Item]

    @property
    def minutes(self) -> int:
        """Declared minutes of all items."""
        return sum(item.minutes for item in self.items)

    @property
    def level_label(self) -> str:
        """The level in words."""
        return str(LEVEL_LABELS[self.level])


def catalogue(number: str | int = 1) -> Page[CoursePage]:
    """One page of all courses that can be taken up, in three queries whatever their number."""
    pages = (
        CoursePage.objects.live()
        .filter(course__current_version__isnull=False)
        .select_related("course__organisation", "course__current_version")
        .defer("course__current_version__body")
        .order_by("title", "pk")
    )
    return Paginator(pages, PER_PAGE).get_page(number)


def entry_of(page: CoursePage) -> CatalogueEntry:
    """What the public face of a course says, in the language now active."""
    course: Course = page.course
    english = get_language() == "en"
    return CatalogueEntry(
        code=course.code,
        url=reverse("wagtail_serve", args=[f"courses/{page.slug}/"]),
        level=LevelCode(course.level),
        base_here=course.organisation.name_en if english else course.organisation.name,
        title=page.title_en if english else page.title,
        summary=page.summary_en if english else page.summary,
        items=items_of(course.current_version) if course.current_version else [],
    )
