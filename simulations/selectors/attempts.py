"""Attempts: whose, how far, and with which result."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from simulations.models import Attempt, ScoreRun

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from simulations.models.attempt import AttemptQuerySet


def _with_all(attempts: "AttemptQuerySet") -> "AttemptQuerySet":
    return attempts.select_related("scenario_version", "person", "organisation", "assignment")


def attempt_visible(user: "User | AnonymousUser", uid: UUID) -> Attempt | None:
    """One attempt, if this user may see it (one query, with its scenario and person)."""
    return _with_all(Attempt.objects.visible_to(user)).filter(uid=uid).first()


def attempt_by_uid(uid: UUID) -> Attempt | None:
    """One attempt for those who audit it."""
    return _with_all(Attempt.objects.all()).filter(uid=uid).first()


def open_attempt_of(person_id: int, version_id: int) -> Attempt | None:
    """The attempt of this scenario version that a person has not ended yet."""
    return _with_all(Attempt.objects.open()).filter(person=person_id, scenario_version=version_id).first()


def attempts_played_by(user: "User | AnonymousUser") -> "QuerySet[Attempt]":
    """One's own attempts, latest first, each with its `total` and whether it `passed` if it has a score."""
    latest = ScoreRun.objects.filter(attempt=OuterRef("pk")).order_by("-seq")
    return (
        Attempt.objects.played_by(user)
        .select_related("scenario_version")
        .annotate(total=Subquery(latest.values("total")[:1]), passed=Subquery(latest.values("passed")[:1]))
    )


def latest_score(attempt: Attempt) -> ScoreRun | None:
    """The score that stands."""
    return ScoreRun.objects.filter(attempt=attempt).order_by("-seq").first()


@dataclass(frozen=True, slots=True)
class Record:
    """How a person stands with one scenario: attempts so far, the best counted score, one still open."""

    attempts: int = 0
    best: Decimal | None = None
    passed: bool = False
    open_uid: UUID | None = None


def records_of(user: "User | AnonymousUser") -> dict[str, Record]:
    """A person's record for every scenario they have sat down to, by its code (two queries)."""
    mine = Attempt.objects.played_by(user).order_by()
    still_open = dict(mine.open().values_list("scenario_version__code", "uid"))
    counted = Q(counted=True)
    rows = mine.values("scenario_version__code").annotate(
        attempts=Count("pk", distinct=True),
        best=Max("scores__total", filter=counted),
        passes=Count("scores", filter=counted & Q(scores__passed=True)),
    )
    return {
        row["scenario_version__code"]: Record(
            attempts=row["attempts"],
            best=row["best"],
            passed=bool(row["passes"]),
            open_uid=still_open.get(row["scenario_version__code"]),
        )
        for row in rows
    }


def has_passed(uid: UUID) -> bool:
    """Whether the score that stands for an attempt is a pass."""
    latest = ScoreRun.objects.filter(attempt__uid=uid).order_by("-seq").first()
    return latest is not None and latest.passed
