"""Two hundred jobs, workers killed in the middle of them: each is done once and has one effect.

Required of both carriers, on both databases. Celery's broker forgets everything on top of that.
"""

from collections import Counter
from pathlib import Path

import pytest
import redis
from django.db import transaction

from lms.jobs.enums import JobState
from lms.jobs.models import Job
from lms.jobs.services.queue import enqueue
from lms.kernel import clock
from lms.records.models import AuditEvent
from lms.records.services.audit import verify_audit
from tests.lms.jobs import handlers  # noqa: F401 -- enqueue must know them

from .workers import Workers, wait_until, workers

pytestmark = [pytest.mark.room, pytest.mark.db, pytest.mark.django_db(transaction=True)]

JOBS = 200


def ask_for_work() -> None:
    with transaction.atomic():
        for number in range(JOBS):
            task = "tests.long" if number % 2 else "tests.short"
            enqueue(task=task, key=f"effect:{number}", payload={"number": number}, now=clock.now())


def ended() -> int:
    return Job.objects.filter(state=JobState.DONE, task__startswith="tests.").count()


def assert_each_was_done_exactly_once() -> None:
    states = Counter(Job.objects.filter(task__startswith="tests.").values_list("state", flat=True))
    effects = Counter(AuditEvent.objects.filter(action__startswith="tests.").values_list("subject", flat=True))
    assert states == {JobState.DONE: JOBS}
    assert effects == {f"tests.effect:{number}": 1 for number in range(JOBS)}
    assert verify_audit().ok


def killed_in_the_middle(crew: Workers) -> int:
    """Kill everything while jobs run, and give the number of jobs that the dead still hold."""
    wait_until(lambda: ended() >= JOBS // 4, crew)
    while True:
        crew.freeze()
        held = Job.objects.filter(state=JobState.RUNNING).count()
        if held:
            break
        crew.thaw()
    crew.kill()
    assert ended() < JOBS
    return held


def start_embedded(crew: Workers) -> None:
    for number in range(2):
        crew.start("tests.lms.jobs.carriers.embedded", "--worker", f"embedded-{number}", "--sweep", "1")


def test_embedded_workers_do_each_job_once_through_a_kill(tmp_path: Path) -> None:
    ask_for_work()
    with workers(tmp_path / "logs") as crew:
        start_embedded(crew)
        held = killed_in_the_middle(crew)
        start_embedded(crew)
        wait_until(lambda: ended() == JOBS, crew)
        assert crew.stop() == [0, 0]
    assert_each_was_done_exactly_once()
    assert Job.objects.filter(task__startswith="tests.", attempts__gt=1).count() >= held


CELERY = ("celery", "-A", "tests.lms.jobs.carriers.celery_app")


def start_celery(crew: Workers, folder: Path) -> None:
    crew.start(*CELERY, "worker", "--concurrency=2", "--without-gossip", "--without-mingle", "--loglevel=WARNING")
    crew.start(*CELERY, "beat", "--schedule", str(folder / "beat"), "--pidfile=", "--loglevel=WARNING")


@pytest.mark.redis
def test_celery_does_each_job_once_through_a_kill_and_a_broker_that_forgets(
    tmp_path: Path, redis_url: str, settings
) -> None:
    settings.JOBS_CARRIER, settings.CELERY_BROKER_URL = "celery", redis_url
    broker = redis.Redis.from_url(redis_url)
    broker.flushall()  # other tests of this session use the same server
    ask_for_work()
    assert broker.llen("celery") == JOBS
    with workers(tmp_path / "logs", REDIS_URL=redis_url) as crew:
        start_celery(crew, tmp_path)
        held = killed_in_the_middle(crew)
        broker.flushall()
        start_celery(crew, tmp_path)
        wait_until(lambda: ended() == JOBS, crew)
    broker.close()
    assert_each_was_done_exactly_once()
    assert Job.objects.filter(task__startswith="tests.", attempts__gt=1).count() >= held
