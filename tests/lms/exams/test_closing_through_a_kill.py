"""Workers that are killed while they hand in for people whose time is up: each paper is handed in once, whole."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lms.credits.models import CreditLine
from lms.exams.enums import AttemptState, StepKind
from lms.exams.models import Attempt, AttemptStep, Result
from lms.exams.services.attempts import CLOSE, close_overdue, hashed_answers
from lms.jobs.enums import JobState
from lms.jobs.models import Job
from lms.kernel import clock
from tests.factories.exams import ExamFactory, answer_rightly, make_attempt, make_seat
from tests.lms.jobs.carriers.workers import Workers, wait_until, workers

pytestmark = [pytest.mark.room, pytest.mark.db, pytest.mark.django_db(transaction=True)]

PEOPLE = 60


def sit(now: datetime) -> None:
    """A class that sat down two hours ago, saved two answers each, and never came back."""
    began = now - timedelta(hours=2)
    exam = ExamFactory(opens_at=began - timedelta(hours=1), closes_at=now + timedelta(hours=1), pass_percent=10)
    for _ in range(PEOPLE):
        answer_rightly(make_attempt(make_seat(exam), now=began), slots=2, now=began + timedelta(minutes=1))


def closed() -> int:
    return Attempt.objects.filter(state=AttemptState.EXPIRED).count()


def kill_in_the_middle(crew: Workers) -> None:
    """Freeze until a job is caught in the act, then SIGKILL."""
    wait_until(lambda: closed() >= 5, crew)
    while True:
        crew.freeze()
        if Job.objects.filter(task=CLOSE, state=JobState.RUNNING).exists():
            break
        crew.thaw()
    crew.kill()


def test_a_kill_in_the_middle_hands_nobody_in_twice_and_nobody_by_halves(tmp_path: Path) -> None:
    now = clock.now()
    sit(now)
    assert close_overdue(now=now) == PEOPLE
    with workers(tmp_path / "logs") as crew:
        crew.start("tests.lms.jobs.carriers.embedded", "--worker", "one", "--sweep", "1")
        kill_in_the_middle(crew)
        assert 5 <= closed() < PEOPLE
        assert Result.objects.count() == closed()
        # Two minutes go by: the dead worker's hold on its job runs out.
        Job.objects.filter(task=CLOSE, state=JobState.RUNNING).update(lease_until=now - timedelta(minutes=1))
        crew.start("tests.lms.jobs.carriers.embedded", "--worker", "two", "--sweep", "1")
        wait_until(lambda: closed() == PEOPLE, crew)
        assert crew.stop() == [0]
    assert AttemptStep.objects.filter(kind=StepKind.SUBMIT).count() == Result.objects.count() == PEOPLE
    assert CreditLine.objects.count() == PEOPLE
    for attempt in Attempt.objects.all():
        assert (attempt.ended_at, attempt.answers_hash) == (attempt.accepts_until, hashed_answers(attempt))
        assert attempt.receipt
