from datetime import datetime, timedelta

import pytest

from lms.jobs.enums import JobState
from lms.jobs.models import Job
from lms.jobs.services.running import JobContext, LeaseLost
from lms.records.models import AuditEvent
from tests.factories.jobs import JobFactory
from tests.factories.records import audit_events

pytestmark = [pytest.mark.room, pytest.mark.django_db, pytest.mark.db]

LEASE = timedelta(seconds=30)


@pytest.fixture
def job(now: datetime) -> Job:
    return JobFactory(state=JobState.RUNNING, attempts=2, lease_until=now, started_at=now)


def in_hands(job: Job, now: datetime, *, attempt: int) -> JobContext:
    return JobContext(job.pk, job.task, job.key, job.owner, attempt, LEASE, lambda: now)


def test_effect_and_done_are_committed_together(job: Job, now: datetime) -> None:
    context = in_hands(job, now, attempt=2)
    with context.finish():
        audit_events(1)
    job.refresh_from_db()
    assert (job.state, job.ended_at, job.lease_until, context.finished) == (JobState.DONE, now, None, True)
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("attempt", [1, 3])
def test_an_attempt_that_is_not_the_latest_leaves_no_effect(job: Job, now: datetime, attempt: int) -> None:
    context = in_hands(job, now, attempt=attempt)
    with pytest.raises(LeaseLost), context.finish():
        audit_events(1)
    job.refresh_from_db()
    assert (job.state, context.finished, AuditEvent.objects.count()) == (JobState.RUNNING, False, 0)


def test_an_effect_that_fails_leaves_the_job_running(job: Job, now: datetime) -> None:
    context = in_hands(job, now, attempt=2)
    with pytest.raises(ZeroDivisionError), context.finish():
        audit_events(1 // 0)
    job.refresh_from_db()
    assert (job.state, context.finished) == (JobState.RUNNING, False)


def test_a_job_is_finished_once(job: Job, now: datetime) -> None:
    context = in_hands(job, now, attempt=2)
    with context.finish():
        audit_events(1)
    with pytest.raises(LeaseLost), context.finish():
        audit_events(1)
    assert AuditEvent.objects.count() == 1


def test_reports_renew_the_lease_of_the_latest_attempt_only(job: Job, now: datetime) -> None:
    in_hands(job, now, attempt=2).report(progress=3, total=9)
    job.refresh_from_db()
    assert (job.progress, job.total, job.lease_until) == (3, 9, now + LEASE)
    with pytest.raises(LeaseLost):
        in_hands(job, now, attempt=1).report(progress=9, total=9)
    with pytest.raises(LeaseLost):
        in_hands(job, now, attempt=1).renew()
