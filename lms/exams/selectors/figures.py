"""How exams came out, counted without a name: scores in tens, passes, and what is still to be sat."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Floor, Least
from django.utils.translation import get_language

from lms.exams.enums import ENDED_STATES, AttemptState
from lms.exams.models import Attempt, Exam, Result, Seat
from lms.kernel.tallies import own, tally

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation

SCORES, PASSES, UNDER_WAY = "scores", "passes", "exams-under-way"
PASSED, FAILED = "passed", "failed"
HIGHEST_TEN = 9  # 100 of 100 stands with the nineties


@dataclass(frozen=True, slots=True)
class Sitting:
    """An exam that is open or still to come, and how many people it waits for."""

    title: str
    level: str
    opens_at: datetime
    closes_at: datetime
    seats: int
    sat: int

    @property
    def waiting(self) -> int:
        """People with a seat who have not begun."""
        return self.seats - self.sat


def standing_results(organisations: "QuerySet[Organisation]") -> QuerySet[Result]:
    """The newest result of every attempt at these organisations; attempts declared void have none."""
    newer = Result.objects.filter(attempt=OuterRef("attempt"), seq__gt=OuterRef("seq"))
    found = Result.objects.filter(attempt__seat__organisation__in=organisations, attempt__state__in=ENDED_STATES)
    return found.filter(~Exists(newer)).order_by()


def scores(organisations: "QuerySet[Organisation]") -> "QuerySet[Any, Any]":
    """Results by tens of the percentage (0 … 9), and whether they passed."""
    ten = Least(Floor(F("percent") / 10), HIGHEST_TEN)
    return tally(standing_results(organisations), SCORES, key=ten, part=_verdict(), figure=Count("pk"))


def passes(organisations: "QuerySet[Organisation]") -> "QuerySet[Any, Any]":
    """Results of each organisation, passed and failed."""
    found = standing_results(organisations)
    return tally(found, PASSES, key=own("attempt__seat__organisation"), part=_verdict(), figure=Count("pk"))


def under_way(organisations: "QuerySet[Organisation]") -> "QuerySet[Any, Any]":
    """How many people are sitting an exam of these organisations now."""
    found = Attempt.objects.filter(seat__organisation__in=organisations, state=AttemptState.OPEN)
    return tally(found, UNDER_WAY, figure=Count("pk"))


def sittings_ahead(organisations: "QuerySet[Organisation]", now: datetime, most: int = 4) -> list[Sitting]:
    """Exams of these organisations that have not closed, the next to close first (one query)."""
    found = (
        Exam.objects.filter(organisation__in=organisations, closes_at__gt=now)
        .annotate(
            seat_count=Count("seats", filter=Q(seats__withdrawn_at__isnull=True), distinct=True),
            sat_count=Count("seats__attempts__seat", distinct=True),
        )
        .order_by("closes_at", "pk")[:most]
    )
    english = get_language() == "en"
    return [
        Sitting(
            title=(exam.title_en if english else "") or exam.title,
            level=exam.level,
            opens_at=exam.opens_at,
            closes_at=exam.closes_at,
            seats=exam.seat_count,
            sat=exam.sat_count,
        )
        for exam in found
    ]


def next_opening(now: datetime) -> "QuerySet[Seat, Any]":
    """Seats in exams that have not closed and were not begun, the next first, to stand inside another query."""
    return (
        Seat.objects.filter(exam__closes_at__gt=now, attempts__isnull=True, withdrawn_at__isnull=True)
        .order_by("exam__opens_at", "pk")
        .values("exam__opens_at")
    )


def _verdict() -> Case:
    return Case(When(passed=True, then=Value(PASSED)), default=Value(FAILED), output_field=CharField())
