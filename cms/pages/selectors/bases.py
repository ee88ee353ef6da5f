"""Training bases with what they offer now: courses and cohorts are read from their rooms."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.utils.timezone import localdate

from cms.pages.models import BasesIndexPage, TrainingBasePage
from courses.selectors.catalogue import courses_of_bases
from lms.cohorts.selectors.cohorts import open_cohorts
from lms.kernel.beijing import BEIJING

if TYPE_CHECKING:
    from courses.models import CoursePage
    from lms.cohorts.models import Cohort

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Base:
    """A training base in public: its page, the courses it offers and the cohorts that are open."""

    page: TrainingBasePage
    courses: list["CoursePage"]
    cohorts: list["Cohort"]


@dataclass(frozen=True, slots=True)
class Bases:
    """One page of the bases of a site."""

    page: Page[TrainingBasePage]
    bases: list[Base]


def bases_under(index: BasesIndexPage, number: str | int, now: datetime) -> Bases:
    """One page of the bases under `index`, in four queries whatever their number."""
    pages = TrainingBasePage.objects.child_of(index).live().select_related("organisation")
    page = Paginator(pages.order_by("city", "title").defer("body", "body_en"), PER_PAGE).get_page(number)
    return Bases(page, _with_offers(list(page), now))


def base_of(page: TrainingBasePage, now: datetime) -> Base:
    """What one base offers now (two queries)."""
    return _with_offers([page], now)[0]


def _with_offers(pages: Sequence[TrainingBasePage], now: datetime) -> list[Base]:
    ids = [page.organisation_id for page in pages]
    courses = courses_of_bases(ids)
    cohorts: dict[int, list[Cohort]] = defaultdict(list)
    for cohort in open_cohorts(ids, localdate(now, BEIJING)):
        cohorts[cohort.organisation_id].append(cohort)
    return [Base(page, courses[page.organisation_id], cohorts[page.organisation_id]) for page in pages]
