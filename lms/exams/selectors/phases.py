"""How much of a handed-in paper its person sees now, and when the next part opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lms.exams.enums import ENDED_STATES, AttemptState, ReviewPhase
from lms.exams.models import Attempt, Exam, Result

ORDER = tuple(ReviewPhase)


@dataclass(frozen=True, slots=True)
class PhaseStep:
    """One phase: since when or from when it is open; `opens_at` is empty where nobody has set a moment."""

    phase: ReviewPhase
    opens_at: datetime | None
    is_open: bool
    is_now: bool


def results_out(exam: Exam, now: datetime) -> bool:
    """Whether results of this exam may be shown at all; without a moment they are, as soon as they are there."""
    return exam.results_at is None or now >= exam.results_at


def shown_from(result: Result, exam: Exam) -> datetime:
    """When a result was first open to its person."""
    return max(result.at, exam.results_at) if exam.results_at else result.at


def _room_is_empty(exam: Exam) -> bool:
    """Whether nobody sits there any more: extra time goes on after the room has closed."""
    return not Attempt.objects.filter(seat__exam=exam, state=AttemptState.OPEN).exists()


def phase_by(exam: Exam, *, has_result: bool, now: datetime) -> ReviewPhase:
    """The phase of a paper whose result is there or not.

    Own answers and keys stay closed while anybody still sits, whatever the clock says.
    """
    if not has_result or not results_out(exam, now):
        return ReviewPhase.RECEIPT
    by_keys = exam.keys_from is not None and now >= exam.keys_from
    by_answers = exam.review_from is not None and now >= exam.review_from
    if not (by_keys or by_answers) or not _room_is_empty(exam):
        return ReviewPhase.RESULT
    return ReviewPhase.KEYS if by_keys else ReviewPhase.ANSWERS


def phase_of(attempt: Attempt, now: datetime) -> ReviewPhase:
    """What the person of this attempt may see of it now."""
    has_result = attempt.state in ENDED_STATES and attempt.results.exists()
    return phase_by(attempt.seat.exam, has_result=has_result, now=now)


def reaches(phase: ReviewPhase, wanted: ReviewPhase) -> bool:
    """Whether `phase` shows what `wanted` shows."""
    return ORDER.index(phase) >= ORDER.index(wanted)


def steps_of(attempt: Attempt, phase: ReviewPhase) -> list[PhaseStep]:
    """The four phases of an attempt with their moments."""
    exam = attempt.seat.exam
    # Keys show the answers too, so that a moment for keys alone opens both.
    answers_from = min(_given((exam.review_from, exam.keys_from)), default=None)
    opens = {
        ReviewPhase.RECEIPT: attempt.ended_at,
        ReviewPhase.RESULT: exam.results_at,
        ReviewPhase.ANSWERS: answers_from,
        ReviewPhase.KEYS: exam.keys_from,
    }
    return [PhaseStep(each, opens[each], reaches(phase, each), each == phase) for each in ORDER]


def _given(moments: Iterable[datetime | None]) -> list[datetime]:
    return [moment for moment in moments if moment is not None]
