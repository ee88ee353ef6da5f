from datetime import datetime, timedelta

import pytest

from lms.accounts.services.operators import LONGEST_ERROR, tell_of_failed_job
from lms.jobs.models import Job
from lms.jobs.services.queue import enqueue
from lms.jobs.services.sweeping import sweep
from lms.jobs.services.work import drain
from lms.mailing.models import Message, Notice
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

TASK = "mailing.deliver"


@pytest.fixture
def operator():
    UserFactory()
    UserFactory(is_staff=True, is_active=False)
    return UserFactory(is_staff=True)


def told() -> list[tuple[int, str, str]]:
    return [(each.user_id, each.context["task"], each.context["error"]) for each in Notice.objects.order_by("pk")]


def test_staff_are_told_the_first_failure_of_a_task_on_a_day(operator, now: datetime) -> None:
    for hours in (0, 1, 13):  # noon, one o'clock, and the next day in Beijing
        tell_of_failed_job(task=TASK, error="OSError: " + "x" * 500, now=now + timedelta(hours=hours))
    tell_of_failed_job(task="certificates.render", error="disk full", now=now)
    error = ("OSError: " + "x" * 500)[:LONGEST_ERROR]
    assert told() == [
        (operator.pk, TASK, error),
        (operator.pk, TASK, error),
        (operator.pk, "certificates.render", "disk full"),
    ]
    assert (Notice.objects.first().url, Message.objects.count()) == ("/desk/", 0)


def test_a_job_that_is_tried_again_is_not_told(operator, now: datetime) -> None:
    enqueue(task=TASK, payload={"nonsense": 1}, now=now)
    drain(now=now, limit=1)
    assert told() == []


def test_a_job_given_up_is_told(operator, now: datetime) -> None:
    job = enqueue(task=TASK, payload={"nonsense": 1}, now=now)
    Job.objects.filter(pk=job.pk).update(max_attempts=1)
    drain(now=now)
    [(user_id, task, error)] = told()
    assert (user_id, task) == (operator.pk, TASK)
    assert error.startswith("TypeError: ")


def test_a_job_whose_last_worker_fell_silent_is_told(operator, now: datetime) -> None:
    job = enqueue(task=TASK, payload={}, now=now)
    Job.objects.filter(pk=job.pk).update(
        state="running", attempts=20, max_attempts=20, lease_until=now - timedelta(minutes=1), worker="w1"
    )
    sweep(now=now)
    assert told() == [(operator.pk, TASK, "The worker w1 fell silent in attempt 20.")]
