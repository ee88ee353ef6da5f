"""A result as its person reads it: how much of each part, never which option would have been right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lms.exams.enums import CutMethod, ExamMode, QuestionKind, ResultReason
from lms.exams.models import Attempt, Result


@dataclass(frozen=True, slots=True)
class PartView:
    """The questions of one kind that count."""

    kind: QuestionKind
    right: int
    questions: int
    points: Decimal
    max_points: Decimal


@dataclass(frozen=True, slots=True)
class CutView:
    """The pass mark by which a result was judged."""

    percent: Decimal
    method: CutMethod | None
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class ResultView:
    """A result with its parts, and the markings that it followed."""

    result: Result
    mode: ExamMode
    parts: Sequence[PartView]
    cut: CutView
    history: Sequence[Result]
    left_out: Sequence[int]
    by_people: bool

    @property
    def invigilated(self) -> bool:
        return self.mode == ExamMode.INVIGILATED

    @property
    def reason(self) -> ResultReason:
        return ResultReason(self.result.reason)


def _parts(attempt: Attempt, result: Result) -> list[PartView]:
    kinds = {item["slot"]: QuestionKind(item["kind"]) for item in attempt.seat.paper.items}
    parts = []
    for kind in dict.fromkeys(kinds.values()):
        marks = [mark for mark in result.marks if kinds[mark["slot"]] == kind and Decimal(mark["of"])]
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
    return [part for part in parts if part.questions]


def _cut(attempt: Attempt, result: Result) -> CutView:
    cut = result.basis.get("cut")
    if cut is None:
        return CutView(Decimal(attempt.seat.exam.pass_percent), None, None)
    return CutView(Decimal(cut["percent"]), CutMethod(cut["method"]), date.fromisoformat(cut["decided_on"]))


def result_view(attempt: Attempt) -> ResultView | None:
    """The standing result of an attempt; None while there is none (one query)."""
    history = list(attempt.results.select_related("regrade").order_by("-seq"))
    if not history:
        return None
    result = history[0]
    return ResultView(
        result=result,
        mode=ExamMode(result.mode),
        parts=_parts(attempt, result),
        cut=_cut(attempt, result),
        history=history,
        left_out=[mark["slot"] for mark in result.marks if mark.get("excluded")],
        by_people=bool(result.basis.get("given")),
    )
