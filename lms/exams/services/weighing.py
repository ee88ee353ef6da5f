"""What a blueprint amounts to: points and expected minutes of a paper, and what the bank has for every line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from lms.exams.enums import QuestionKind
from lms.exams.models import Exam
from lms.exams.selectors.bank import current_versions
from lms.exams.services.drawing import fitting


@dataclass(frozen=True, slots=True)
class Weight:
    """What a paper amounts to; `minutes` is a rule of thumb for those who plan, and no measurement."""

    questions: int
    points: Decimal
    minutes: int


# How long somebody sits at one question, in half minutes: this platform's own rule of thumb.
HALF_MINUTES: dict[str, int] = {
    QuestionKind.SINGLE: 3,
    QuestionKind.MULTIPLE: 4,
    QuestionKind.TRUE_FALSE: 2,
    QuestionKind.FILL_IN: 3,
    QuestionKind.NUMERIC: 8,
    QuestionKind.MATCHING: 6,
    QuestionKind.ORDERING: 6,
    QuestionKind.ESSAY: 50,
}


def weigh(items: Sequence[dict[str, Any]]) -> Weight:
    """The questions, points and expected minutes of a paper."""
    points = sum((Decimal(item["points"]) for item in items), Decimal(0))
    return Weight(len(items), points.normalize(), ceil(sum(HALF_MINUTES[item["kind"]] for item in items) / 2))


@dataclass(frozen=True, slots=True)
class Supply:
    """A line of a blueprint, and how many questions or case sets of the bank fit it."""

    line: dict[str, Any]
    fits: int

    @property
    def enough(self) -> bool:
        """Whether the line alone could be filled."""
        return self.fits >= self.line["count"]


def supply_of(exam: Exam) -> list[Supply]:
    """Every line of an exam's blueprint with what the bank has for it (one query)."""
    versions = list(current_versions(exam.bank_id)) if exam.blueprint["lines"] else []
    return [Supply(line, fitting(line, versions)) for line in exam.blueprint["lines"]]
