"""The debrief that somebody read last, in figures."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import get_language

from simulations.enums import COMPETENCY_NAMES
from simulations.models import ScoreRun

_VERSION = "attempt__scenario_version"


@dataclass(frozen=True, slots=True)
class LatestScore:
    """The newest score of a person, and what each competency in it came to, in per cent of what it could."""

    uid: UUID
    title: str
    total: Decimal
    passed: bool
    counted: bool
    at: datetime
    competencies: tuple[tuple[str, int], ...]


def latest_score_of(person_id: int) -> LatestScore | None:
    """The newest score of a person (one query)."""
    run = (
        ScoreRun.objects.filter(attempt__person=person_id)
        .select_related("attempt__scenario_version")
        .only(
            "total",
            "passed",
            "at",
            "parts",
            "attempt__uid",
            "attempt__counted",
            f"{_VERSION}__title",
            f"{_VERSION}__title_en",
        )
        .order_by("-attempt__ended_at", "-seq", "-pk")
        .first()
    )
    return _latest(run) if run else None


def _latest(run: ScoreRun) -> LatestScore:
    version = run.attempt.scenario_version
    return LatestScore(
        uid=run.attempt.uid,
        title=(version.title_en if get_language() == "en" else "") or version.title,
        total=run.total,
        passed=run.passed,
        counted=run.attempt.counted,
        at=run.at,
        competencies=tuple(
            (str(COMPETENCY_NAMES[each["code"]]), int(Decimal(each["percent"]))) for each in run.parts["competencies"]
        ),
    )
