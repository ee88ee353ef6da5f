"""How long the statistics of 10,000 papers with 100 questions take, from the database and back into it.

`N`, the size of the class, makes it ten times as many papers.
"""

import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lms.exams.models import Attempt, Exam

PAPERS, QUESTIONS = 10 * int(os.environ.get("N") or 1000), 100
OPTIONS = ("a", "b", "c", "d")
BATCH = 1_000

# What was answered follows from what was earned: the right option, or one of the others by turns.
ANSWERS = """
INSERT INTO exams_attemptanswer (attempt_id, slot, answer, answer_seq, flagged, flag_seq)
SELECT r.attempt_id, (m->>'slot')::int,
       CASE WHEN m->>'points' = '1.00' THEN '"a"'::jsonb
            ELSE to_jsonb((ARRAY['b', 'c', 'd'])[1 + (r.attempt_id + (m->>'slot')::int) %% 3]) END,
       1, false, 0
FROM exams_result r JOIN exams_attempt t ON t.id = r.attempt_id JOIN exams_seat s ON s.id = t.seat_id,
     jsonb_array_elements(r.marks) m
WHERE s.exam_id = %s
"""


def _exam() -> "Exam":
    """A second exam beside the one that was sat."""
    from lms.exams.models import Exam

    exam = Exam.objects.get(code="bench")
    exam.pk, exam.code = None, "large"
    exam.save(force_insert=True)
    return exam


def _questions(exam: "Exam") -> list[int]:
    from lms.exams.models import Question, QuestionVersion
    from lms.exams.models.key import AnswerKey

    body = {"stem": "题干", "options": [{"id": option, "text": option} for option in OPTIONS]}
    given = {"topic": "law", "difficulty": "easy", "state": "published", "body": body}
    times = {"created_at": exam.created_at, "published_at": exam.created_at}
    questions = Question.objects.bulk_create(
        [Question(bank=exam.bank, ref=f"large-{number}", kind="single") for number in range(QUESTIONS)]
    )
    versions = QuestionVersion.objects.bulk_create(
        [QuestionVersion(question=each, no=1, content_hash=each.ref, **given, **times) for each in questions]
    )
    AnswerKey.objects.bulk_create(
        [
            AnswerKey(version=each, no=1, accepted={"option": "a"}, content_hash="a", created_at=exam.created_at)
            for each in versions
        ]
    )
    return [version.pk for version in versions]


def _attempts(exam: "Exam", versions: list[int], first: int) -> "list[Attempt]":
    """A batch of people who have handed in, each with a paper in an order of its own."""
    from lms.accounts.services.crowds import register_crowd
    from lms.exams.models import Attempt, Paper, Seat

    numbers = range(first, min(first + BATCH, PAPERS))
    at = exam.created_at
    people = register_crowd(people=((f"large.{n}@jiqiao.example", f"测试考生{n}") for n in numbers), now=at)
    papers = Paper.objects.bulk_create(
        [Paper(exam=exam, seed=f"{n}", hash=f"{n}", created_at=at, items=list(_items(versions, n))) for n in numbers]
    )
    seats = Seat.objects.bulk_create(
        [
            Seat(
                exam=exam,
                person=person,
                paper=paper,
                organisation=exam.organisation,
                ticket_code=f"L{paper.seed}",
                created_at=at,
            )
            for person, paper in zip(people, papers, strict=True)
        ]
    )
    end = at + timedelta(hours=1)
    return Attempt.objects.bulk_create(
        [
            Attempt(
                seat=seat,
                state="submitted",
                paper_hash=seat.paper.hash,
                started_at=at,
                deadline_at=end,
                accepts_until=end,
                ended_at=end,
            )
            for seat in seats
        ]
    )


def _items(versions: list[int], number: int) -> Iterator[dict[str, Any]]:
    turned = versions[number % QUESTIONS :] + versions[: number % QUESTIONS]
    for slot, version in enumerate(turned, start=1):
        yield {"slot": slot, "version": version, "kind": "single", "points": "1.00", "options": OPTIONS}


def _results(attempts: "list[Attempt]") -> None:
    from lms.exams.models import Result

    rows = []
    for attempt in attempts:
        chance = random.Random(attempt.pk)
        skill = chance.gauss(0.6, 0.15)
        right = [chance.random() < skill for _slot in range(QUESTIONS)]
        rows.append(
            Result(
                attempt=attempt,
                points=sum(right),
                max_points=QUESTIONS,
                percent=Decimal(100 * sum(right)) / QUESTIONS,
                passed=sum(right) >= 0.6 * QUESTIONS,
                cut_rule="percent>=60",
                marks=[{"slot": n, "points": f"{int(ok)}.00", "of": "1.00"} for n, ok in enumerate(right, start=1)],
                computed_from=f"{attempt.pk}",
                mode="invigilated-on-site",
                at=attempt.ended_at,
            )
        )
    Result.objects.bulk_create(rows)


def _fill() -> int:
    from django.db import connection

    exam = _exam()
    versions = _questions(exam)
    for first in range(0, PAPERS, BATCH):
        _results(_attempts(exam, versions, first))
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [exam.pk])
        cursor.execute("ANALYZE")
    return exam.pk


def time_statistics() -> float:
    """Seconds for the whole computation, reading and writing included."""
    from lms.exams.services.statistics import compute_statistics
    from lms.kernel.clock import now

    begun = time.perf_counter()
    exam_id = _fill()
    sys.stdout.write(f"{PAPERS} papers with {QUESTIONS} questions after {time.perf_counter() - begun:.0f} s\n")
    begun = time.perf_counter()
    row = compute_statistics(exam_id=exam_id, now=now())
    taken = time.perf_counter() - begun
    if (row.attempts, row.items) != (PAPERS, QUESTIONS):
        raise SystemExit(f"{row.attempts} papers with {row.items} questions were read")
    return taken
