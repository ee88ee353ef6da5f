"""The public list of courses."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language

from courses.models import CoursePage

from .outlines import Item, items_of

if TYPE_CHECKING:
    from courses.models import Course

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A course as the public sees it."""

    code: str
    slug: str
    level: str
    base: str
    base_en: str
    title: str
    summary: str
    items: list[Item]

    @property
    def minutes(self) -> int:
        """Declared minutes of all items."""
        return sum(item.minutes for item in self.items)


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
        slug=page.slug,
        level=course.level,
        base=course.organisation.name,
        base_en=course.organisation.name_en,
        title=page.title_en if english else page.title,
        summary=page.summary_en if english else page.summary,
        items=items_of(course.current_version) if course.current_version else [],
    )
