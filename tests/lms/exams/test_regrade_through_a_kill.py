"""Workers that are killed while they write a correction: nobody gets two new results, and nobody none."""

from datetime import timedelta
from pathlib import Path

import pytest

from lms.credits.models import CreditLine
from lms.exams.enums import RegradeState, ResultReason
from lms.exams.models import Regrade, Result
from lms.exams.services.reckoning import recompute
from lms.exams.services.regrading import BATCH, WRITE, approve
from lms.jobs.enums import JobState
from lms.jobs.models import Job
from lms.kernel import clock
from lms.schemes.models import RequirementFact
from tests.factories.results import make_exam, make_manager, proposed_key, sat
from tests.lms.jobs.carriers.workers import Workers, wait_until, workers

pytestmark = [pytest.mark.room, pytest.mark.db, pytest.mark.django_db(transaction=True)]

PEOPLE = 200


def a_class_of(people: int) -> Regrade:
    """The bank holds six single choices: everybody has all of them, all right, and passes by a hair."""
    now = clock.now() - timedelta(hours=2)
    exam = make_exam(opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1), pass_percent=100)
    attempts = [sat(exam, now=now) for _ in range(people)]
    return proposed_key(attempts[0], 1, make_manager(exam), now=now)


def written() -> int:
    return Result.objects.filter(reason=ResultReason.REGRADED).count()


def kill_in_the_middle(crew: Workers) -> None:
    """Freeze until the job is caught in the act, then SIGKILL."""
    wait_until(lambda: written() >= BATCH, crew)
    crew.freeze()
    crew.kill()


def test_a_kill_in_the_middle_writes_nobody_twice_and_leaves_nobody_out(tmp_path: Path) -> None:
    regrade = a_class_of(PEOPLE)
    assert regrade.lines.filter(passed_before=True, passed_after=False).count() == PEOPLE
    now = clock.now()
    approve(regrade=regrade, decided_by=make_manager(regrade.exam), now=now)
    with workers(tmp_path / "logs") as crew:
        crew.start("tests.lms.jobs.carriers.embedded", "--worker", "one", "--sweep", "1")
        kill_in_the_middle(crew)
        assert BATCH <= written() < PEOPLE
        # Two minutes go by: the dead worker's hold on its job runs out.
        Job.objects.filter(task=WRITE, state=JobState.RUNNING).update(lease_until=now - timedelta(minutes=1))
        crew.start("tests.lms.jobs.carriers.embedded", "--worker", "two", "--sweep", "1")
        wait_until(lambda: Regrade.objects.get(pk=regrade.pk).state == RegradeState.DONE, crew)
        assert crew.stop() == [0]
    again = Result.objects.filter(regrade=regrade)
    assert set(again.values_list("attempt", flat=True)) == set(regrade.lines.values_list("attempt", flat=True))
    assert (again.count(), Result.objects.count()) == (PEOPLE, 2 * PEOPLE)
    facts = RequirementFact.objects.filter(kind="exam")
    assert facts.filter(value__lt=0).count() == PEOPLE == CreditLine.objects.filter(points__lt=0).count()
    for result in again[:20]:
        assert recompute(result).marks == result.marks
