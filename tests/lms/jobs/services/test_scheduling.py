from datetime import UTC, datetime, timedelta

import pytest

from lms.jobs.models import Job, Recurrence
from lms.jobs.services import registry, scheduling
from lms.jobs.services.scheduling import next_round, tick
from lms.jobs.services.work import drain

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def rounds(tasks: dict) -> list[datetime]:
    seen: list[datetime] = []
    registry.recurring("room.hourly", every=timedelta(hours=1))(lambda *, job, now: seen.append(now))
    registry.job("room.verb")(lambda **payload: None)
    return seen


def test_a_new_task_starts_at_once_and_then_by_the_clock(now: datetime, rounds: list) -> None:
    moments = [now + timedelta(minutes=minutes) for minutes in (7, 30, 59, 60, 61, 200)]
    for moment in moments:
        tick(now=moment)
        drain(now=moment)
    assert rounds == [moments[0], moments[3], moments[5]]


def test_a_round_that_is_still_open_is_not_doubled(now: datetime) -> None:
    assert [tick(now=now + timedelta(hours=hours)) for hours in range(3)] == [1, 1, 1]
    assert Job.objects.filter(task="room.hourly").count() == 1


@pytest.mark.db
def test_two_workers_that_saw_the_same_row_start_one_round(now: datetime) -> None:
    tick(now=now)
    drain(now=now)
    stale = Recurrence.objects.get()
    task, later = registry.find("room.hourly"), now + timedelta(hours=2)
    assert scheduling._start(task, stale, later, timedelta(hours=1))
    drain(now=later)
    assert not scheduling._start(task, stale, later, timedelta(hours=1))
    assert Job.objects.filter(task="room.hourly").count() == 2


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        (timedelta(minutes=10), datetime(2026, 11, 22, 4, 10, tzinfo=UTC)),
        (timedelta(hours=1), datetime(2026, 11, 22, 5, 0, tzinfo=UTC)),
        (timedelta(days=1), datetime(2026, 11, 23, 0, 0, tzinfo=UTC)),
    ],
)
def test_rounds_lie_on_a_grid_that_restarts_do_not_shift(every: timedelta, expected: datetime) -> None:
    moments = [datetime(2026, 11, 22, 4, 0, tzinfo=UTC), datetime(2026, 11, 22, 4, 9, 59, tzinfo=UTC)]
    assert [next_round(moment, every) for moment in moments] == [expected, expected]
