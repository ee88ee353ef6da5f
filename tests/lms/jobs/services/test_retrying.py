from datetime import timedelta

import pytest

from lms.jobs.enums import JobState
from lms.jobs.models import Job
from lms.jobs.services.queue import enqueue
from lms.jobs.services.registry import MAX_ATTEMPTS, job
from lms.jobs.services.retrying import NoSuchJob, NotFailed, UnderWayElsewhere, retry
from lms.jobs.services.work import run_job, run_one
from tests.factories.jobs import JobFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]
TASK = "tests.retried"


@pytest.fixture
def carried_out() -> list[int]:
    """What the task has done; it fails as long as the list holds nothing but a nought."""
    done: list[int] = [0]

    @job(TASK, max_attempts=1)
    def handler(*, job, now, **payload) -> None:
        done[0] += 1
        if done[0] == 1:
            raise RuntimeError("SMTP 421")

    return done


def test_failed_work_is_carried_out_after_somebody_starts_it_again(carried_out, now) -> None:
    number = enqueue(task=TASK, payload={}, now=now).pk
    run_one(worker="w", now=now)
    assert Job.objects.get(pk=number).state == JobState.FAILED
    later = now + timedelta(hours=1)
    waiting = retry(job_id=number, now=later)
    assert (waiting.state, waiting.ended_at, waiting.attempts, waiting.max_attempts) == (JobState.QUEUED, None, 1, 2)
    assert "SMTP 421" in waiting.error
    assert run_job(job_id=number, worker="w", now=later)
    done = Job.objects.get(pk=number)
    assert (done.state, done.error, carried_out) == (JobState.DONE, "", [2])


@pytest.mark.parametrize("state", ["queued", "done", "cancelled"])
def test_only_what_has_failed_is_started_again(state: str, now) -> None:
    ended = None if state == "queued" else now
    with pytest.raises(NotFailed):
        retry(job_id=JobFactory(state=state, ended_at=ended).pk, now=now)


def test_work_that_was_asked_for_anew_is_not_doubled(carried_out, now) -> None:
    failed = JobFactory(task=TASK, key="message:1", state="failed", ended_at=now)
    enqueue(task=TASK, key="message:1", payload={}, now=now)
    with pytest.raises(UnderWayElsewhere):
        retry(job_id=failed.pk, now=now)
    failed.refresh_from_db()
    assert failed.state == JobState.FAILED


def test_a_job_that_does_not_exist_is_not_found(now) -> None:
    with pytest.raises(NoSuchJob):
        retry(job_id=404, now=now)


def test_work_of_a_newer_release_waits_for_it(now) -> None:
    failed = JobFactory(task="tests.not-known-here", state="failed", ended_at=now, attempts=3)
    assert retry(job_id=failed.pk, now=now).max_attempts == 3 + MAX_ATTEMPTS
