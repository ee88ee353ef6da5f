"""Who has stopped studying: the people to call this week."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce

from courses.enums import EnrolmentState
from courses.models import Enrolment
from lms.cohorts.enums import MembershipState
from lms.exams.selectors.figures import next_opening

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation

SILENT_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Silent:
    """One person who has not studied for a week or more; `studied` is false for who has not begun at all."""

    person: str
    cohort: str
    cohort_en: str
    code: str
    base: str
    percent: int
    since: datetime
    studied: bool
    exam_at: datetime | None

    def days(self, now: datetime) -> int:
        """Whole days of silence."""
        return (now - self.since).days


@dataclass(frozen=True, slots=True)
class Behind:
    """The first of those who have fallen silent, the longest first, and how many they are in all."""

    first: tuple[Silent, ...]
    count: int


def silent_enrolments(organisations: "QuerySet[Organisation]", now: datetime) -> QuerySet[Enrolment]:
    """Unfinished enrolments of running cohorts without counted study for a week, with `since` and `exam_at`.

    Whoever has not studied at all is silent since enrolling.
    """
    today = now.date()
    return (
        Enrolment.objects.filter(
            organisation__in=organisations,
            state=EnrolmentState.ACTIVE,
            progress__percent__lt=100,
            cohort__starts_on__lte=today,
            cohort__ends_on__gte=today,
            cohort__memberships__person=F("person"),
            cohort__memberships__state=MembershipState.ACTIVE,
        )
        .annotate(
            since=Coalesce("progress__last_at", "enrolled_at"),
            exam_at=Subquery(next_opening(now).filter(person=OuterRef("person"))[:1]),
        )
        .filter(since__lte=now - SILENT_AFTER)
        .order_by("since", "pk")
    )


def behind(organisations: "QuerySet[Organisation]", now: datetime, most: int = 6) -> Behind:
    """Who fell behind at these organisations (one query)."""
    found = list(
        silent_enrolments(organisations, now)
        .annotate(in_all=Window(Count("pk")))
        .select_related("person", "cohort__organisation", "progress")[:most]
    )
    return Behind(tuple(_silent(each) for each in found), found[0].in_all if found else 0)


def _silent(enrolment: Any) -> Silent:
    cohort = enrolment.cohort
    return Silent(
        person=enrolment.person.real_name,
        cohort=cohort.title,
        cohort_en=cohort.title_en,
        code=cohort.code,
        base=cohort.organisation.code,
        percent=enrolment.progress.percent,
        since=enrolment.since,
        studied=enrolment.progress.last_at is not None,
        exam_at=enrolment.exam_at,
    )
