from datetime import timedelta

import pytest

from lms.jobs.models import Recurrence
from lms.jobs.selectors.failures import failures, pulse
from tests.factories.accounts import UserFactory
from tests.factories.jobs import JobFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_who_runs_the_platform_sees_all_failures_newest_first(now, django_assert_num_queries) -> None:
    for n in range(7):
        JobFactory(state="failed", ended_at=now + timedelta(minutes=n))
    JobFactory(state="done", ended_at=now)
    operator = UserFactory(is_superuser=True)
    with django_assert_num_queries(1):
        found = failures(operator)
    assert (len(found.first), found.count) == (5, 7)
    assert found.first[0].ended_at == now + timedelta(minutes=6)


def test_others_see_their_own_failures(now) -> None:
    user = UserFactory()
    JobFactory(state="failed", ended_at=now)
    own = JobFactory(state="failed", ended_at=now, owner=f"user:{user.pk}")
    assert (failures(user).first, failures(UserFactory()).count) == ((own,), 0)


def test_a_round_that_is_overdue_means_that_no_worker_runs(now, django_assert_num_queries) -> None:
    assert pulse().silent(now)
    Recurrence.objects.create(task="jobs.forget-ended", next_at=now - timedelta(minutes=1))
    JobFactory(state="done", ended_at=now - timedelta(minutes=9))
    JobFactory(state="done", ended_at=now - timedelta(minutes=3))
    with django_assert_num_queries(1):
        beat = pulse()
    assert (beat.silent(now), beat.last_ended_at) == (False, now - timedelta(minutes=3))
    assert beat.silent(now + timedelta(minutes=2))
