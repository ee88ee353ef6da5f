"""Results: marked, written, reported to the ledgers below and announced above, in one transaction."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from lms.credits.enums import CreditKind
from lms.credits.services.points import post_points
from lms.exams.models import Attempt, Result
from lms.exams.selectors.folding import folded
from lms.exams.services.fingerprint import fingerprint
from lms.exams.services.marking import PARTIAL_RULES, Marked, mark
from lms.exams.signals import result_released
from lms.mailing.services.announcing import announce
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact


def _write(attempt: Attempt, marked: Marked, answers: dict[int, object], now: datetime) -> Result:
    exam = attempt.seat.exam
    cut_rule = f"percent>={exam.pass_percent}; {PARTIAL_RULES}"
    counted = {
        "paper": attempt.paper_hash,
        "answers": {str(slot): answer for slot, answer in answers.items()},
        "keys": [mark.key_hash for mark in marked.marks],
        "cut_rule": cut_rule,
    }
    return Result.objects.create(
        attempt=attempt,
        seq=attempt.results.count() + 1,
        points=marked.points,
        max_points=marked.max_points,
        percent=marked.percent,
        passed=marked.percent >= exam.pass_percent,
        cut_rule=cut_rule,
        marks=[{"slot": m.slot, "points": f"{m.points:.2f}", "of": f"{m.max_points:.2f}"} for m in marked.marks],
        computed_from=fingerprint(counted),
        mode=exam.mode,
        at=now,
    )


def _report_pass(attempt: Attempt, result: Result, now: datetime) -> None:
    """Passing counts once for an exam and a person, whichever attempt brought it about."""
    seat = attempt.seat
    record_fact(
        person_id=seat.person_id,
        kind=FactKind.EXAM,
        ref=seat.exam.level,
        value=result.percent,
        source=f"exams.attempt:{attempt.uid}",
        occurred_at=result.at,
        now=now,
    )
    post_points(
        person_id=seat.person_id,
        organisation_id=seat.organisation_id,
        kind=CreditKind.EXAM,
        rule="exam-passed",
        source=f"exams.seat:{seat.ticket_code}",
        occurred_at=result.at,
        now=now,
        note=seat.exam.title,
    )


def _tell(attempt: Attempt, result: Result, now: datetime) -> None:
    seat = attempt.seat
    announce(
        to=seat.person.user,
        kind="exam-result",
        subject_ref=f"exams.attempt:{attempt.uid}:{result.seq}",
        context={
            "exam": {"zh": seat.exam.title, "en": seat.exam.title_en},
            "points": f"{result.points.normalize():f} / {result.max_points.normalize():f}",
            "passed": result.passed,
        },
        url=reverse("exams:result", args=[attempt.uid]),
        organisation=seat.organisation.code,
        now=now,
    )


@transaction.atomic
def release(*, attempt: Attempt, now: datetime) -> Result:
    """Mark `attempt` from its steps and let the result out."""
    answers = {slot: state.answer for slot, state in folded(attempt).items() if state.answer is not None}
    marked = mark(items=attempt.seat.paper.items, answers=answers)
    result = _write(attempt, marked, answers, now)
    if result.passed:
        _report_pass(attempt, result, now)
    result_released.send(
        sender=Result, result=result, person_id=attempt.seat.person_id, level=attempt.seat.exam.level, now=now
    )
    _tell(attempt, result, now)
    return result
