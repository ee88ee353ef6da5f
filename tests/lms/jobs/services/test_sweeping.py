from datetime import datetime, timedelta

import pytest

from lms.jobs.enums import JobState
from lms.jobs.models import Job
from lms.jobs.services import carrier
from lms.jobs.services.sweeping import Sweep, forget_ended, sweep
from tests.factories.jobs import JobFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def running(now: datetime, **fields: object) -> Job:
    return JobFactory(
        **{"state": JobState.RUNNING, "lease_until": now, "worker": "w1", "attempts": 1, "started_at": now, **fields}
    )


@pytest.fixture
def sent(settings, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    settings.JOBS_CARRIER = "celery"
    messages: list[list[int]] = []
    monkeypatch.setattr(carrier, "wake", lambda ids: messages.append(list(ids)) or True)
    return messages


def test_an_abandoned_job_waits_again(now: datetime) -> None:
    job = running(now)
    assert sweep(now=now) == Sweep(0, 0, 0)
    assert sweep(now=now + timedelta(seconds=1)) == Sweep(taken_up=1, given_up=0, sent=0)
    job.refresh_from_db()
    assert (job.state, job.lease_until, job.attempts) == (JobState.QUEUED, None, 1)
    assert job.error == "The worker w1 fell silent in attempt 1."


def test_a_job_that_kills_its_workers_is_given_up(now: datetime) -> None:
    job = running(now, attempts=8)
    later = now + timedelta(seconds=1)
    assert sweep(now=later) == Sweep(taken_up=0, given_up=1, sent=0)
    job.refresh_from_db()
    assert (job.state, job.ended_at) == (JobState.FAILED, later)


def test_what_waits_unheard_is_sent_again(now: datetime, sent: list) -> None:
    lost = JobFactory(run_after=now - timedelta(minutes=1), sent_at=now - timedelta(seconds=10))
    JobFactory(run_after=now - timedelta(minutes=1), sent_at=now - timedelta(seconds=9))
    due = JobFactory(run_after=now)
    JobFactory(run_after=now + timedelta(seconds=1))
    dead = running(now - timedelta(seconds=1), run_after=now - timedelta(minutes=2))
    assert sweep(now=now) == Sweep(taken_up=1, given_up=0, sent=3)
    assert sent == [[dead.pk, lost.pk, due.pk]]
    assert sweep(now=now + timedelta(milliseconds=500)).sent == 0


def test_a_broker_that_is_down_is_tried_at_the_next_sweep(now: datetime, settings) -> None:
    settings.JOBS_CARRIER, settings.CELERY_BROKER_URL = "celery", "redis://127.0.0.1:1/0"
    job = JobFactory(run_after=now)
    assert sweep(now=now).sent == 0
    job.refresh_from_db()
    assert job.sent_at is None


def test_embedded_workers_need_no_message(now: datetime, settings) -> None:
    settings.JOBS_CARRIER = "embedded"
    JobFactory(run_after=now)
    assert sweep(now=now).sent == 0


def test_old_work_is_forgotten_and_failures_stay(now: datetime) -> None:
    old, recent = now - timedelta(days=31), now - timedelta(days=29)
    for state in (JobState.DONE, JobState.CANCELLED, JobState.FAILED):
        JobFactory(state=state, ended_at=old)
    kept = JobFactory(state=JobState.DONE, ended_at=recent)
    JobFactory()
    assert forget_ended(now=now) == 2
    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "failed", "queued"]
    assert Job.objects.filter(pk=kept.pk).exists()
