from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from lms.jobs.enums import JobState
from lms.jobs.models import Job
from lms.jobs.services import carrier, registry
from lms.jobs.services.queue import AlreadyEnded, cancel, enqueue
from lms.jobs.services.work import drain
from tests.factories.accounts import UserFactory
from tests.factories.jobs import JobFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _verb(tasks: dict) -> None:
    registry.job("room.verb", max_attempts=3)(lambda **payload: None)


@pytest.fixture
def sent(settings, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What goes to the broker, with Celery as the carrier."""
    settings.JOBS_CARRIER = "celery"
    ids: list[int] = []
    monkeypatch.setattr(carrier, "wake", lambda job_ids: ids.extend(job_ids) or True)
    return ids


def ask(now: datetime, **options: object) -> Job:
    return enqueue(task="room.verb", payload={"thing": 7}, now=now, **options)


def test_a_job_is_a_row_of_the_callers_transaction(now: datetime) -> None:
    with transaction.atomic():
        ask(now)
        transaction.set_rollback(True)
    assert Job.objects.count() == 0
    job = ask(now, key="thing:7", owner="user:3")
    job.refresh_from_db()
    assert (job.state, job.attempts, job.max_attempts) == (JobState.QUEUED, 0, 3)
    assert (job.payload, job.owner, job.run_after, job.created_at) == ({"thing": 7}, "user:3", now, now)


def test_the_same_work_does_not_wait_twice(now: datetime) -> None:
    assert ask(now, key="thing:7") == ask(now, key="thing:7")
    assert ask(now, key="thing:8") != ask(now, key="thing:7")
    assert Job.objects.count() == 2


def test_work_without_a_key_is_asked_for_each_time(now: datetime) -> None:
    assert ask(now) != ask(now)


def test_work_that_has_ended_can_be_asked_for_again(now: datetime) -> None:
    first = ask(now, key="thing:7")
    assert drain(now=now) == 1
    assert ask(now, key="thing:7") != first


def test_unknown_work_is_refused_at_once(now: datetime) -> None:
    with pytest.raises(registry.UnknownTask):
        enqueue(task="room.typo", payload={}, now=now)


def test_work_for_later_waits(now: datetime) -> None:
    ask(now, run_after=now + timedelta(minutes=5))
    assert drain(now=now + timedelta(minutes=4, seconds=59)) == 0
    assert drain(now=now + timedelta(minutes=5)) == 1


def test_celery_hears_of_a_job_after_the_commit_only(
    now: datetime, sent: list[int], django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(now, key="thing:7")
        again = ask(now, key="thing:7")
        assert sent == []
    assert again == job
    assert sent == [job.pk]
    assert job.sent_at == now


def test_celery_hears_of_later_work_from_the_sweeper(
    now: datetime, sent: list[int], django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(now, run_after=now + timedelta(seconds=1))
    assert (sent, job.sent_at) == ([], None)


def test_waiting_work_can_be_cancelled(now: datetime) -> None:
    job = ask(now)
    cancel(job_id=job.pk, now=now)
    assert drain(now=now) == 0
    job.refresh_from_db()
    assert (job.state, job.ended_at) == (JobState.CANCELLED, now)


def test_ended_work_cannot_be_cancelled(now: datetime) -> None:
    job = ask(now)
    drain(now=now)
    with pytest.raises(AlreadyEnded):
        cancel(job_id=job.pk, now=now)
    job.refresh_from_db()
    assert job.state == JobState.DONE


@pytest.mark.db
@pytest.mark.parametrize(
    "fields",
    [
        {"state": JobState.RUNNING},
        {"state": JobState.QUEUED, "lease_until": datetime.fromisoformat("2026-11-22T04:00:00Z")},
        {"state": JobState.DONE},
        {"state": JobState.QUEUED, "ended_at": datetime.fromisoformat("2026-11-22T04:00:00Z")},
    ],
    ids=["running without lease", "waiting with lease", "done without end", "waiting with end"],
)
def test_the_database_refuses_a_job_in_two_minds(fields: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        JobFactory(**fields)


@pytest.mark.db
def test_the_database_keeps_one_open_job_for_a_key(now: datetime) -> None:
    JobFactory(key="k", state=JobState.DONE, ended_at=now)
    JobFactory(key="k")
    with pytest.raises(IntegrityError), transaction.atomic():
        JobFactory(key="k")


def test_people_follow_their_own_work(now: datetime) -> None:
    mine, other, chief = UserFactory(), UserFactory(), UserFactory(is_superuser=True)
    job = ask(now, owner=f"user:{mine.pk}")
    assert [list(Job.objects.visible_to(user)) for user in (mine, other, chief)] == [[job], [], [job]]
