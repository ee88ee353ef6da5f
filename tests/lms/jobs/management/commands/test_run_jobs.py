import json
import signal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from lms.jobs.enums import JobState
from lms.jobs.models import Job
from lms.jobs.services.queue import enqueue
from lms.jobs.tasks import beat, run
from lms.kernel import clock as door
from lms.records.models import AuditEvent
from tests.lms.jobs import handlers  # noqa: F401 -- registers them
from tests.lms.jobs.carriers.workers import wait_until, workers

pytestmark = [pytest.mark.room]


def ask(count: int, task: str = "tests.short") -> None:
    for number in range(count):
        enqueue(task=task, key=f"effect:{number}", payload={"number": number}, now=door.now())


def run_jobs(*options: str) -> dict:
    out = StringIO()
    call_command("run_jobs", *options, "--json", "--worker", "w1", stdout=out)
    return json.loads(out.getvalue())


def done() -> int:
    return Job.objects.filter(task__startswith="tests.", state=JobState.DONE).count()


@pytest.fixture
def _rounds_are_over(clock) -> None:
    """The house's own recurring work is out of the way."""
    beat()
    call_command("run_jobs", "--drain", stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.usefixtures("_rounds_are_over")
def test_once_carries_out_one_job() -> None:
    ask(3)
    assert run_jobs("--once") == {"worker": "w1", "jobs": 1}
    assert done() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("_rounds_are_over")
def test_drain_carries_out_what_is_due_and_ends() -> None:
    ask(3)
    assert run_jobs("--drain") == {"worker": "w1", "jobs": 3}
    assert run_jobs("--drain") == {"worker": "w1", "jobs": 0}
    assert AuditEvent.objects.count() == 3


@pytest.mark.django_db
def test_the_beat_starts_the_rounds_of_the_house(clock) -> None:
    beat()
    assert Job.objects.filter(task="jobs.forget-ended", state=JobState.QUEUED).count() == 1


@pytest.mark.django_db
def test_a_celery_message_carries_out_its_job(clock) -> None:
    ask(2)
    first = Job.objects.get(key="effect:0")
    run(job_id=first.pk)
    assert list(Job.objects.filter(state=JobState.DONE)) == [first]


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_sigterm_lets_the_job_in_hand_end(tmp_path: Path) -> None:
    ask(200, "tests.long")
    with workers(tmp_path / "logs") as crew:
        process = crew.start("tests.lms.jobs.carriers.embedded", "--json")
        wait_until(lambda: done() >= 3, crew)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        crew.running.clear()
    assert 3 <= done() < 200
    assert Job.objects.filter(state=JobState.RUNNING).count() == 0
    assert AuditEvent.objects.count() == done()
