"""Which pass mark of an exam holds, and how it was found."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from lms.exams.enums import CutMethod
from lms.exams.models import CutScore, Exam, Result
from lms.kernel.beijing import BEIJING


@dataclass(frozen=True, slots=True)
class Cut:
    """A pass mark with its method and day; `no` is 0 for the one that the plan took from the scheme."""

    percent: Decimal
    method: CutMethod
    decided_on: date
    decided_by: str
    no: int


def cut_of(exam: Exam) -> Cut:
    """The pass mark that holds: the newest decision, or what the scheme fixes (one query)."""
    newest = decisions_of(exam).first()
    if newest is None:
        planned_on = exam.created_at.astimezone(BEIJING).date()
        return Cut(Decimal(exam.pass_percent), CutMethod.SCHEME, planned_on, "", 0)
    return Cut(newest.percent, CutMethod(newest.method), newest.decided_on, newest.decided_by, newest.no)


def decisions_of(exam: Exam) -> QuerySet[CutScore]:
    """Every decision on the pass mark, the newest first."""
    return exam.cut_scores.order_by("-no")


def results_are_out(exam: Exam) -> bool:
    """Whether anybody's paper has been marked, so that a pass mark is no longer simply set (one query)."""
    return Result.objects.filter(attempt__seat__exam=exam).exists()
