"""An exam while it runs: who has begun, how far each is, when the last answer was saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from lms.exams.enums import ENDED_STATES, AttemptState, StepKind
from lms.exams.models import Attempt, AttemptAnswer, AttemptStep, Exam, FocusNote, Seat

QUIET_AFTER = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One seat at this moment; `focus_left` counts how often the window was left, which proves nothing."""

    seat: Seat
    attempt: Attempt | None
    questions: int
    answered: int
    saved_at: datetime | None
    focus_left: int
    left: timedelta

    @property
    def minutes_left(self) -> int:
        """Whole minutes to the end of this person's own time."""
        return int(self.left.total_seconds() // 60)

    @property
    def percent(self) -> int:
        """How much of the paper is answered."""
        return 100 * self.answered // self.questions if self.questions else 0


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many people of an exam are at which point."""

    seated: int
    under_way: int
    ended: int

    @property
    def not_begun(self) -> int:
        """Who has a seat and has not sat down."""
        return self.seated - self.under_way - self.ended


def attendance(exam: Exam) -> Attendance:
    """How many have a seat, are under way, have ended (one query)."""
    states = _newest("state")
    figures = (
        exam.seats.filter(withdrawn_at__isnull=True)
        .annotate(last=states)
        .aggregate(
            seated=Count("pk"),
            under_way=Count("pk", filter=Q(last=AttemptState.OPEN)),
            ended=Count("pk", filter=Q(last__in=ENDED_STATES)),
        )
    )
    return Attendance(**figures)


def live_seats(exam: Exam) -> QuerySet[Seat]:
    """Seats in force by room, desk and name, each with its newest attempt (`last`)."""
    return (
        exam.seats.filter(withdrawn_at__isnull=True)
        .select_related("person", "paper")
        .annotate(last=_newest("pk"))
        .order_by("room", "desk", "person__real_name", "pk")
    )


def live_rows(seats: Sequence[Seat], now: datetime) -> list[LiveRow]:
    """These seats of `live_seats` at this moment (four queries however many)."""
    ids = [seat.last for seat in seats if seat.last]  # type: ignore[attr-defined]
    attempts = Attempt.objects.in_bulk(ids)
    answered = _by_attempt(AttemptAnswer.objects.filter(answer__isnull=False).exclude(answer=None), ids, Count("pk"))
    saved = _by_attempt(AttemptStep.objects.filter(kind=StepKind.SAVE), ids, Max("at"))
    focus = _by_attempt(FocusNote.objects.filter(kind=StepKind.FOCUS_LOST), ids, Count("pk"))
    return [
        LiveRow(
            seat=seat,
            attempt=attempts.get(seat.last),  # type: ignore[attr-defined]
            questions=len(seat.paper.items),
            answered=answered.get(seat.last, 0),  # type: ignore[attr-defined]
            saved_at=saved.get(seat.last),  # type: ignore[attr-defined]
            focus_left=focus.get(seat.last, 0),  # type: ignore[attr-defined]
            left=_left(attempts.get(seat.last), now),  # type: ignore[attr-defined]
        )
        for seat in seats
    ]


def _newest(field: str) -> Subquery:
    return Subquery(Attempt.objects.filter(seat=OuterRef("pk")).order_by("-no").values(field)[:1])


def _by_attempt(rows: QuerySet[Any], ids: Sequence[int], figure: Any) -> dict[int, Any]:
    found = rows.filter(attempt__in=ids).order_by().values("attempt").annotate(figure=figure)
    return dict(found.values_list("attempt", "figure"))


def _left(attempt: Attempt | None, now: datetime) -> timedelta:
    if attempt is None or not attempt.is_open:
        return timedelta(0)
    return max(timedelta(0), attempt.deadline_at - now)
