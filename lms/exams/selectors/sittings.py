"""Seats, attempts and results as their people look for them."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from lms.exams.models import Attempt, Exam, Result, Seat

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def exam_of(code: str) -> Exam | None:
    """The exam of this code."""
    return Exam.objects.select_related("organisation", "bank").filter(code=code).first()


def own_seats(user: "User | AnonymousUser") -> QuerySet[Seat]:
    """One's own seats with exam and attempts, the latest exam first; three queries however many."""
    results = Prefetch("results", Result.objects.order_by("-seq"), to_attr="newest_results")
    attempts = Prefetch(
        "attempts", Attempt.objects.order_by("-no").prefetch_related(results), to_attr="newest_attempts"
    )
    return (
        Seat.objects.of_user(user)
        .select_related("exam", "exam__organisation")
        .prefetch_related(attempts)
        .order_by("-exam__opens_at", "-pk")
    )


def seats_of_person(person_id: int) -> QuerySet[Seat]:
    """The seats of one person for screens above, the next exam first."""
    return Seat.objects.filter(person_id=person_id).select_related("exam").order_by("exam__opens_at", "pk")


def own_attempt(user: "User | AnonymousUser", uid: UUID) -> Attempt | None:
    """One's own attempt, with its seat, exam and paper."""
    return _whole(Attempt.objects.of_user(user)).filter(uid=uid).first()


def attempt_visible_to(user: "User | AnonymousUser", uid: UUID) -> Attempt | None:
    """An attempt that `user` may look at, with its seat, exam and paper."""
    return _whole(Attempt.objects.visible_to(user)).filter(uid=uid).first()


def _whole(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    return attempts.select_related("seat__exam__organisation", "seat__paper", "seat__person")


def standing_result(attempt: Attempt) -> Result | None:
    """The result that stands: the newest."""
    return attempt.results.order_by("-seq").first()


def best_result(person_id: int, level: str) -> Result | None:
    """The best standing result of a person at a level, for decisions above."""
    return (
        Result.objects.filter(attempt__seat__person=person_id, attempt__seat__exam__level=level)
        .select_related("attempt__seat__exam")
        .order_by("-percent", "-at")
        .first()
    )
