"""A result as its person reads it: how much of each part, never which option would have been right."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lms.exams.enums import ExamMode, QuestionKind
from lms.exams.models import Attempt, Result
from lms.exams.selectors.sittings import standing_result


@dataclass(frozen=True, slots=True)
class PartView:
    """The questions of one kind."""

    kind: QuestionKind
    right: int
    questions: int
    points: Decimal
    max_points: Decimal


@dataclass(frozen=True, slots=True)
class ResultView:
    """A result with its parts."""

    result: Result
    mode: ExamMode
    parts: Sequence[PartView]

    @property
    def invigilated(self) -> bool:
        return self.mode == ExamMode.INVIGILATED


def result_view(attempt: Attempt) -> ResultView | None:
    """The standing result of an attempt; None while it is under way."""
    result = standing_result(attempt)
    if result is None:
        return None
    kinds = {item["slot"]: QuestionKind(item["kind"]) for item in attempt.seat.paper.items}
    parts = []
    for kind in dict.fromkeys(kinds.values()):
        marks = [mark for mark in result.marks if kinds[mark["slot"]] == kind]
        points = [(Decimal(mark["points"]), Decimal(mark["of"])) for mark in marks]
        parts.append(
            PartView(
                kind=kind,
                right=sum(earned == worth for earned, worth in points),
                questions=len(marks),
                points=sum((earned for earned, _worth in points), Decimal(0)),
                max_points=sum((worth for _earned, worth in points), Decimal(0)),
            )
        )
    return ResultView(result, ExamMode(result.mode), parts)
