"""Whom a base can tell something, and what it has told."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.enums import LIVE_STATES
from courses.models import Announcement, Enrolment
from lms.cohorts.selectors.roles import organisations_of

from .discussion import TEACHING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Audience:
    """Those who study one course at one base, or of them those of one cohort."""

    course_id: int
    organisation_id: int
    cohort_id: int | None
    course: str
    cohort: str
    base: str
    people: int

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.course_id}.{self.organisation_id}.{self.cohort_id or ''}"

    @property
    def label(self) -> str:
        """Who they are and how many."""
        whom = self.cohort or _("everybody at %(base)s") % {"base": self.base}
        return _("%(course)s · %(whom)s · people: %(people)s") % {
            "course": self.course,
            "whom": whom,
            "people": self.people,
        }


def _rows(user: "User | AnonymousUser", *by_cohort: str) -> QuerySet[Enrolment, dict[str, Any]]:
    """Live enrolments with a sign-in behind them, counted by course and base."""
    there = Enrolment.objects.filter(
        state__in=LIVE_STATES, organisation__in=organisations_of(user, *TEACHING), person__user__is_active=True
    )
    by = ("course_id", "organisation_id", "organisation__name", "organisation__name_en")
    titles = ("course__page__title", "course__page__title_en")
    return there.order_by("course_id", "organisation_id").values(*by, *titles, *by_cohort).annotate(people=Count("pk"))


def audiences_of(user: "User | AnonymousUser") -> list[Audience]:
    """Everybody whom `user` can tell something: of a course all, and the cohorts in it (two queries)."""
    everybody = [_audience(row) for row in _rows(user)]
    cohorts = ("cohort_id", "cohort__title", "cohort__title_en")
    classes = [_audience(row) for row in _rows(user, *cohorts).filter(cohort__isnull=False)]
    found = [*everybody, *classes]
    return sorted(found, key=lambda each: (each.course, each.base, each.cohort))


def _audience(row: dict[str, Any]) -> Audience:
    return Audience(
        course_id=row["course_id"],
        organisation_id=row["organisation_id"],
        cohort_id=row.get("cohort_id"),
        course=_here(row, "course__page__title"),
        cohort=_here(row, "cohort__title"),
        base=_here(row, "organisation__name"),
        people=row["people"],
    )


def _here(row: dict[str, Any], name: str) -> str:
    english = row.get(f"{name}_en") if get_language() == "en" else ""
    return english or row.get(name) or ""


def listeners(audience: Audience) -> list[int]:
    """The sign-ins of those who study there now (one query)."""
    there = Enrolment.objects.filter(
        course_id=audience.course_id,
        organisation_id=audience.organisation_id,
        state__in=LIVE_STATES,
        person__user__is_active=True,
    )
    chosen = there.filter(cohort_id=audience.cohort_id) if audience.cohort_id else there
    return [user_id for user_id in chosen.values_list("person__user_id", flat=True) if user_id is not None]


def told_to(user: "User | AnonymousUser") -> QuerySet[Announcement]:
    """What `user` is told as somebody who studies, the newest first."""
    if not user.is_authenticated:
        return Announcement.objects.none()
    mine = Enrolment.objects.filter(person__user_id=user.pk, state__in=LIVE_STATES)
    pairs = Q(course__enrolments__in=mine, organisation__enrolments__in=mine)
    found = Announcement.objects.visible_to(user).filter(pairs).distinct()
    return found.select_related("course__page", "organisation", "cohort").order_by("-at", "-pk")


def told_by(user: "User | AnonymousUser") -> QuerySet[Announcement]:
    """What the bases that `user` teaches for have announced, the newest first."""
    found = Announcement.objects.filter(organisation__in=organisations_of(user, *TEACHING))
    return found.select_related("course__page", "organisation", "cohort", "author__person").order_by("-at", "-pk")


def told_in(enrolment: Enrolment) -> QuerySet[Announcement]:
    """What those who study with this enrolment are told, the newest first."""
    for_all_or_mine = Q(cohort__isnull=True) | Q(cohort_id=enrolment.cohort_id)
    return Announcement.objects.filter(
        for_all_or_mine, course_id=enrolment.course_id, organisation_id=enrolment.organisation_id
    ).order_by("-at", "-pk")
