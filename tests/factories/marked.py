"""Marked papers by the dozen, written as rows: an exam that many people have sat."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from lms.exams.models import Attempt, AttemptAnswer, Exam, Paper, Result, Seat
from lms.exams.services.marking import mark
from lms.exams.services.papers import build_paper
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory

# Gives the answer of person number n to an item of the paper; None leaves it open.
Answering = Callable[[int, dict[str, Any]], Any]


def make_marked(exam: Exam, people: int, answering: Answering, *, papers: int = 1) -> list[Attempt]:
    """`people` have sat the exam, dealt in turn onto `papers` different papers."""
    drawn = [build_paper(exam=exam, seed=f"paper {n}", now=NOON) for n in range(papers)]
    return [_sat(exam, drawn[number % papers], number, answering) for number in range(people)]


def write_result(attempt: Attempt, answers: dict[int, Any], seq: int = 1) -> Result:
    """A result of these answers, as marking would write it."""
    marked = mark(items=attempt.seat.paper.items, answers=answers)
    return Result.objects.create(
        attempt=attempt,
        seq=seq,
        points=marked.points,
        max_points=marked.max_points,
        percent=marked.percent,
        passed=marked.percent >= attempt.seat.exam.pass_percent,
        cut_rule="percent",
        marks=[{"slot": m.slot, "points": f"{m.points:.2f}", "of": f"{m.max_points:.2f}"} for m in marked.marks],
        computed_from=f"{attempt.pk}-{seq}",
        mode=attempt.seat.exam.mode,
        at=NOON,
    )


def _sat(exam: Exam, paper: Paper, number: int, answering: Answering) -> Attempt:
    seat = Seat.objects.create(
        exam=exam,
        person=PersonFactory(),
        paper=paper,
        organisation=exam.organisation,
        ticket_code=f"M{exam.pk:04}-{number:05}",
        created_at=NOON,
    )
    attempt = Attempt.objects.create(
        seat=seat,
        state="submitted",
        paper_hash=paper.hash,
        started_at=NOON,
        deadline_at=NOON + timedelta(minutes=30),
        accepts_until=NOON + timedelta(minutes=31),
        ended_at=NOON + timedelta(minutes=20),
        receipt=f"R{number:05}",
    )
    told = {item["slot"]: answering(number, item) for item in paper.items}
    answers = {slot: answer for slot, answer in told.items() if answer is not None}
    _keep(attempt, answers)
    write_result(attempt, answers)
    return attempt


def _keep(attempt: Attempt, answers: dict[int, Any]) -> Sequence[AttemptAnswer]:
    return AttemptAnswer.objects.bulk_create(
        [AttemptAnswer(attempt=attempt, slot=slot, answer=answer, answer_seq=1) for slot, answer in answers.items()]
    )
