"""The public list of courses with what is offered of each, and the public face of one course."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import get_language

from courses.models import CoursePage, Offering
from lms.kernel.class_hours import to_class_hours
from lms.kernel.levels import LevelCode

from .asking import Asked, Chosen, Options, chosen_in, fields_of
from .levels import LEVEL_LABELS
from .offerings import OfferedPlace, current_offerings, day_of, offered_by_course, with_free_places
from .outlines import Item, items_of

if TYPE_CHECKING:
    from decimal import Decimal

    from courses.models import Course
    from lms.schemes.enums import ModuleCode

__all__ = (
    "LEVEL_LABELS",
    "Catalogue",
    "CatalogueEntry",
    "catalogue",
    "courses_of_bases",
    "courses_of_level",
    "entry_of",
    "open_course_pages",
)

PER_PAGE = 20
# So many offerings stand under a course in the list; its page has them all.
SHOWN = 3
_RANKS = [When(course__level=code.value, then=Value(rank)) for rank, code in enumerate(LEVEL_LABELS)]
_BASE = ("course__organisation__code", "course__organisation__name", "course__organisation__name_en")


@dataclass(frozen=True, slots=True)
class ModuleItems:
    """The lessons of one module, in reading order."""

    module: "ModuleCode"
    items: list[Item]

    @property
    def minutes(self) -> int:
        """Declared minutes of these lessons."""
        return sum(item.minutes for item in self.items)

    @property
    def class_hours(self) -> "Decimal":
        """The same as class hours."""
        return to_class_hours(self.minutes)


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
    def class_hours(self) -> "Decimal":
        """The same as class hours."""
        return to_class_hours(self.minutes)

    @property
    def level_label(self) -> str:
        """The level in words."""
        return str(LEVEL_LABELS[self.level])

    @property
    def modules(self) -> list[ModuleItems]:
        """The lessons by module, in the order in which the modules are met."""
        order = list(dict.fromkeys(item.module for item in self.items))
        by_module = sorted(self.items, key=lambda item: order.index(item.module))
        return [ModuleItems(module, list(items)) for module, items in groupby(by_module, key=lambda item: item.module)]


@dataclass(frozen=True, slots=True)
class Listed:
    """A course in the list with the first of its fitting offerings."""

    page: CoursePage
    places: list[OfferedPlace]

    @property
    def shown(self) -> list[OfferedPlace]:
        """As many as the list has room for."""
        return self.places[:SHOWN]

    @property
    def more(self) -> int:
        """How many more the page of the course has."""
        return len(self.places) - len(self.shown)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One page of the list, with what was asked and what else could be."""

    page: Page[CoursePage]
    listed: list[Listed]
    offerings: int
    asked: Asked
    fields: list[dict[str, Any]]
    chosen: list[Chosen]


def open_course_pages(**fields: Any) -> QuerySet[CoursePage]:
    """Pages of the courses that can be taken up and have these fields, by title."""
    return (
        CoursePage.objects.live()
        .filter(course__current_version__isnull=False, **fields)
        .select_related("course__organisation", "course__current_version")
        .defer("course__current_version__body")
        .order_by("title", "pk")
    )


def catalogue(asked: Asked, number: str | int, now: datetime) -> Catalogue:
    """One page of the courses that are asked for, in six queries whatever their number."""
    today = day_of(now)
    offerings = _offerings(asked, today)
    pages = _pages(asked, offerings)
    page = Paginator(_in_order(pages, asked.sort, today), PER_PAGE).get_page(number)
    places = offered_by_course([row.course_id for row in page.object_list], offerings, today)
    options = _options(today)
    return Catalogue(
        page=page,
        listed=[Listed(row, places[row.course_id]) for row in page.object_list],
        offerings=offerings.filter(course__in=pages.order_by().values("course")).count(),
        asked=asked,
        fields=fields_of(asked, options),
        chosen=chosen_in(asked, options),
    )


def _offerings(asked: Asked, today: date) -> QuerySet[Offering]:
    wanted = {
        "city": asked.city,
        "mode": asked.mode,
        "starts_on__gte": asked.since,
        "starts_on__lte": asked.until,
    }
    found = current_offerings(today).filter(**{field: value for field, value in wanted.items() if value})
    return with_free_places(found, today) if asked.free else found


def _pages(asked: Asked, offerings: QuerySet[Offering]) -> QuerySet[CoursePage]:
    wanted = {"course__level": asked.level, "course__organisation__code": asked.base}
    pages = open_course_pages(**{field: value for field, value in wanted.items() if value})
    if asked.module:
        # An outline is read as text, which both engines can; a module stands in it as a whole member.
        outline = Cast("course__current_version__outline", TextField())
        pages = pages.alias(outline=outline).filter(outline__contains=f'"module": "{asked.module}"')
    if asked.about_offerings:
        pages = pages.filter(Exists(offerings.filter(course=OuterRef("course"))))
    return pages


def _in_order(pages: QuerySet[CoursePage], sort: str, today: date) -> QuerySet[CoursePage]:
    title = "title_en" if get_language() == "en" else "title"
    if sort == "soon":
        begins = current_offerings(today).filter(course=OuterRef("course"), starts_on__gte=today)
        next_on = Subquery(begins.order_by("starts_on").values("starts_on")[:1])
        return pages.alias(next_on=next_on).order_by(F("next_on").asc(nulls_last=True), title, "pk")
    if sort == "level":
        return pages.alias(rank=Case(*_RANKS, output_field=IntegerField())).order_by("rank", title, "pk")
    return pages.order_by(title, "pk")


def _options(today: date) -> Options:
    rows = list(open_course_pages().order_by().values_list("course__level", *_BASE).distinct())
    english = get_language() == "en"
    cities = current_offerings(today).exclude(city="").order_by("city").values_list("city", flat=True).distinct()
    return Options(
        levels=sorted({row[0] for row in rows}),
        bases=sorted({(code, name_en if english else name) for _level, code, name, name_en in rows}),
        cities=list(cities),
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
