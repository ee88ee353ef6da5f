from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from lms.jobs.enums import JobState
from lms.jobs.selectors.job import Health, health, jobs_of
from tests.factories.accounts import UserFactory
from tests.factories.jobs import JobFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_health_counts_what_waits_runs_and_failed(now: datetime, django_assert_num_queries) -> None:
    JobFactory(run_after=now - timedelta(seconds=90))
    JobFactory(run_after=now)
    JobFactory(run_after=now + timedelta(seconds=1))
    JobFactory(state=JobState.RUNNING, lease_until=now)
    JobFactory(state=JobState.RUNNING, lease_until=now - timedelta(seconds=1))
    JobFactory(state=JobState.FAILED, ended_at=now)
    JobFactory(state=JobState.DONE, ended_at=now)
    with django_assert_num_queries(1):
        assert health(now) == Health(2, 2, 1, 1, timedelta(seconds=90))


def test_an_empty_queue_keeps_nobody_waiting(now: datetime) -> None:
    assert health(now) == Health(0, 0, 0, 0, timedelta(0))


def test_people_see_their_own_work_newest_first(now: datetime) -> None:
    user, other = UserFactory(), UserFactory()
    older, newer = (JobFactory(owner=f"user:{user.pk}", created_at=now + timedelta(seconds=s)) for s in (0, 1))
    JobFactory(owner=f"user:{other.pk}")
    assert list(jobs_of(user)) == [newer, older]
    assert list(jobs_of(AnonymousUser())) == []
