"""The exams of the demonstration: what they are made of, and when they are sat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from lms.exams.services.loading import load_bank
from lms.exams.services.opening import open_exam
from lms.kernel.levels import LevelCode

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation
    from lms.exams.models import Exam
    from lms.schemes.models import SchemeVersion

Line = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What papers are made of."""

    bank: str
    level: LevelCode
    minutes: int
    lines: Sequence[Line]


@dataclass(frozen=True)
class Offer:
    """An exam as it is announced."""

    title: str
    title_en: str
    open_for: timedelta


# The dozen questions of the pilot: everybody sits the same.
CORE = Plan(
    "junior-core",
    LevelCode.JUNIOR,
    30,
    (
        {"kind": "single", "count": 6, "points": 8},
        {"kind": "multiple", "count": 2, "points": 10},
        {"kind": "true-false", "count": 2, "points": 6},
        {"kind": "numeric", "count": 2, "points": 10},
    ),
)
JUNIOR = Plan(
    "junior",
    LevelCode.JUNIOR,
    60,
    (
        {"kind": "single", "module": "public-knowledge", "count": 5, "points": 2},
        {"kind": "single", "module": "policy-and-law", "count": 7, "points": 2},
        {"kind": "single", "module": "practical-skills", "count": 5, "points": 2},
        {"kind": "multiple", "count": 6, "points": 3},
        {"kind": "true-false", "count": 5, "points": 1},
        {"kind": "fill-in", "count": 3, "points": 2},
        {"kind": "numeric", "count": 4, "points": 3},
        {"kind": "matching", "count": 2, "points": 4},
        {"kind": "ordering", "count": 2, "points": 3},
        {"kind": "case", "count": 1, "points": 2.75},
    ),
)
INTERMEDIATE = Plan(
    "intermediate",
    LevelCode.INTERMEDIATE,
    90,
    (
        {"kind": "single", "count": 12, "points": 2},
        {"kind": "multiple", "count": 4, "points": 3},
        {"kind": "true-false", "count": 4, "points": 1},
        {"kind": "numeric", "count": 4, "points": 3},
        {"kind": "matching", "count": 1, "points": 4},
        {"kind": "ordering", "count": 1, "points": 4},
        {"kind": "essay", "count": 1, "points": 20},
        {"kind": "case", "count": 1, "points": 5},
    ),
)


def hold_exam(
    code: str, base: "Organisation", version: "SchemeVersion", offer: Offer, plan: Plan, now: datetime, **further: Any
) -> "Exam":
    """Offer an exam from `now` on; asked again, the one that is there."""
    return open_exam(
        code=code,
        organisation=base,
        scheme_version=version,
        bank=load_bank(plan.bank, organisation=base, now=now),
        level=plan.level,
        title=offer.title,
        title_en=offer.title_en,
        opens_at=now,
        closes_at=now + offer.open_for,
        minutes=plan.minutes,
        pass_percent=60,
        lines=plan.lines,
        mode="online-unproctored",
        now=now,
        **further,
    )


AUTUMN = Offer("初级技术经纪人 2026 秋季考试", "Junior technology broker, autumn exam 2026", timedelta(days=365))
