"""Many callers at the same moment, each with a connection of its own."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection

from lms.jobs.models import Job
from lms.jobs.services import registry
from lms.jobs.services.queue import enqueue
from lms.jobs.services.scheduling import tick
from lms.jobs.services.work import run_one
from lms.records.models import AuditEvent
from lms.records.services.audit import verify_audit
from tests.factories.records import audit_events
from tests.lms.jobs.handlers import short

pytestmark = [pytest.mark.room, pytest.mark.db, pytest.mark.django_db(transaction=True)]

CALLERS = 8


@pytest.fixture(autouse=True)
def _verb(tasks: dict) -> None:
    registry.job("room.verb")(short)


def all_at_once(act: Callable[[], object]) -> list[object]:
    """What `act` answered to every caller; a caller's fault is an answer too."""
    start, answers = threading.Barrier(CALLERS), []

    def caller() -> None:
        start.wait()
        try:
            answers.append(act())
        except Exception as fault:  # noqa: BLE001 -- shown by the assertion
            answers.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=caller) for _ in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_all_who_ask_for_the_same_work_get_the_same_job(now: datetime) -> None:
    answers = all_at_once(lambda: enqueue(task="room.verb", key="k", payload={"number": 1}, now=now).pk)
    assert answers == [Job.objects.get().pk] * CALLERS


def test_one_of_many_workers_takes_a_job(now: datetime) -> None:
    enqueue(task="room.verb", payload={"number": 1}, now=now)
    answers = all_at_once(lambda: run_one(worker="w", now=now))
    assert sorted(answers) == [False] * (CALLERS - 1) + [True]
    assert AuditEvent.objects.count() == 1


def test_one_of_many_ticks_starts_a_round(now: datetime, tasks: dict) -> None:
    tick(now=now)
    registry.recurring("room.round", every=registry.LEASE)(lambda **payload: None)
    answers = all_at_once(lambda: tick(now=now))
    assert sorted(answers) == [0] * (CALLERS - 1) + [1]
    assert Job.objects.count() == 1


def test_lines_written_at_once_stand_in_one_chain(now: datetime) -> None:
    answers = all_at_once(lambda: len(audit_events(5, now=now)))
    assert answers == [5] * CALLERS
    assert sorted(AuditEvent.objects.values_list("seq", flat=True)) == list(range(1, CALLERS * 5 + 1))
    assert verify_audit().ok
