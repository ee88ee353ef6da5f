"""The public list of courses."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext
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


_BASE = ("course__organisation__code", "course__organisation__name", "course__organisation__name_en")


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of the list, and the same as an address says them."""

    query: str
    fields: list[dict[str, Any]]


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


def open_course_pages(**fields: Any) -> QuerySet[CoursePage]:
    """Pages of the courses that can be taken up and have these fields, by title."""
    return (
        CoursePage.objects.live()
        .filter(course__current_version__isnull=False, **fields)
        .select_related("course__organisation", "course__current_version")
        .defer("course__current_version__body")
        .order_by("title", "pk")
    )


def catalogue(number: str | int = 1, *, level: str = "", base: str = "") -> Page[CoursePage]:
    """One page of the courses of a level and a base, or of all, in three queries whatever their number."""
    wanted = {"course__level": level, "course__organisation__code": base}
    pages = open_course_pages(**{field: value for field, value in wanted.items() if value})
    return Paginator(pages, PER_PAGE).get_page(number)


def filters_of(*, level: str = "", base: str = "") -> Filters:
    """The filters of the list as they stand: levels and bases for which there are courses (one query)."""
    rows = list(open_course_pages().order_by().values_list("course__level", *_BASE).distinct())
    english = get_language() == "en"
    levels = [(code.value, str(label)) for code, label in LEVEL_LABELS.items() if code in {row[0] for row in rows}]
    bases = sorted({(code, name_en if english else name) for _level, code, name, name_en in rows})
    said = {name: value for name, value in (("level", level), ("base", base)) if value}
    return Filters(
        query=urlencode(said),
        fields=[
            _select("level", gettext("Level"), level, [("", gettext("every level")), *levels]),
            _select("base", gettext("Training base"), base, [("", gettext("every training base")), *bases]),
        ],
    )


def courses_of_bases(organisation_ids: Collection[int]) -> dict[int, list[CoursePage]]:
    """The courses that each of these bases offers (one query for all of them)."""
    found: dict[int, list[CoursePage]] = {organisation_id: [] for organisation_id in organisation_ids}
    for page in open_course_pages(course__organisation__in=found):
        found[page.course.organisation_id].append(page)
    return found


def courses_of_level(level: LevelCode | str) -> list[CoursePage]:
    """The courses that lead to this level (one query)."""
    return list(open_course_pages(course__level=str(level)))


def _select(name: str, label: str, value: str, choices: list[tuple[str, str]]) -> dict[str, Any]:
    options = [{"value": code, "label": said} for code, said in choices]
    return {"name": name, "label": label, "kind": "select", "value": value, "options": options}


def entry_of(page: CoursePage) -> CatalogueEntry:
    """What the public face of a course says, in the language now active."""
    course: Course = page.course
    english = page.language_here == "en"
    return CatalogueEntry(
        code=course.code,
        url=reverse("wagtail_serve", args=[f"courses/{page.slug}/"]),
        level=LevelCode(course.level),
        base_here=course.organisation.name_en if english else course.organisation.name,
        title=page.title_en if english else page.title,
        summary=page.summary_en if english else page.summary,
        items=items_of(course.current_version) if course.current_version else [],
    )
