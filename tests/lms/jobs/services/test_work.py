from datetime import datetime, timedelta

import pytest

from lms.jobs.enums import JobState
from lms.jobs.models import Job
from lms.jobs.services import registry
from lms.jobs.services.queue import cancel, enqueue
from lms.jobs.services.running import JobContext, LeaseLost
from lms.jobs.services.sweeping import sweep
from lms.jobs.services.work import drain, pause_after, run_job, run_one
from lms.kernel.refusals import Refusal
from lms.records.models import AuditEvent
from lms.records.services.audit import record

pytestmark = [pytest.mark.room, pytest.mark.django_db]

LEASE = timedelta(seconds=30)


def effects() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("subject", flat=True))


def leave_effect(number: int, now: datetime) -> None:
    record(action="tests.effect", actor="tests", subject=f"thing:{number}", now=now)


@pytest.fixture(autouse=True)
def _handlers(tasks: dict) -> None:
    @registry.job("room.short", lease=LEASE)
    def short(*, job: JobContext, now: datetime, number: int) -> None:
        leave_effect(number, now)

    @registry.job("room.long", lease=LEASE, atomic=False)
    def long(*, job: JobContext, now: datetime, number: int) -> None:
        with job.finish():
            leave_effect(number, now)

    @registry.job("room.broken", lease=LEASE, max_attempts=3)
    def broken(*, job: JobContext, now: datetime) -> None:
        leave_effect(0, now)
        raise OSError("the printer is on fire")

    @registry.job("room.refused", lease=LEASE)
    def refused(*, job: JobContext, now: datetime) -> None:
        leave_effect(0, now)
        raise Refusal


def ask(now: datetime, task: str = "room.short", **payload: object) -> Job:
    return enqueue(task=task, payload=payload, now=now)


def row(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


@pytest.mark.parametrize("task", ["room.short", "room.long"])
def test_a_job_is_done_with_its_effect(now: datetime, task: str) -> None:
    job = ask(now, task, number=7)
    later = now + timedelta(seconds=4)
    assert run_one(worker="w1", now=now, clock=lambda: later)
    job = row(job)
    assert (job.state, job.attempts, job.worker) == (JobState.DONE, 1, "w1")
    assert (job.started_at, job.ended_at, job.lease_until) == (now, later, None)
    assert effects() == ["thing:7"]
    assert not run_one(worker="w1", now=later)


def test_what_waits_longest_comes_first(now: datetime) -> None:
    ask(now, number=2)
    enqueue(task="room.short", payload={"number": 3}, now=now, run_after=now + timedelta(seconds=1))
    enqueue(task="room.short", payload={"number": 1}, now=now, run_after=now - timedelta(seconds=1))
    assert drain(now=now + timedelta(seconds=1)) == 3
    assert effects() == ["thing:1", "thing:2", "thing:3"]


def test_drain_ends_at_its_limit(now: datetime) -> None:
    for number in range(3):
        ask(now, number=number)
    assert drain(now=now, limit=2) == 2
    assert drain(now=now) == 1


def test_a_message_that_comes_twice_finds_nothing_to_do(now: datetime) -> None:
    job = ask(now, number=7)
    assert run_job(job_id=job.pk, worker="w1", now=now)
    assert not run_job(job_id=job.pk, worker="w2", now=now)
    assert not run_job(job_id=job.pk + 1000, worker="w2", now=now)
    assert effects() == ["thing:7"]


def test_a_fault_writes_nothing_and_is_tried_again_after_a_pause(now: datetime) -> None:
    job = ask(now, "room.broken")
    assert run_one(worker="w1", now=now)
    assert (row(job).state, row(job).attempts, row(job).lease_until) == (JobState.QUEUED, 1, None)
    assert row(job).error == "OSError: the printer is on fire"
    assert row(job).run_after == now + timedelta(seconds=5)
    assert effects() == []
    assert not run_one(worker="w1", now=now + timedelta(seconds=4))
    assert run_one(worker="w1", now=now + timedelta(seconds=5))


def test_a_job_is_given_up_after_its_last_attempt(now: datetime) -> None:
    job = ask(now, "room.broken")
    for _attempt in range(3):
        assert run_one(worker="w1", now=now)
        now += timedelta(hours=1)
    assert (row(job).state, row(job).attempts) == (JobState.FAILED, 3)
    assert not run_one(worker="w1", now=now)


def test_a_success_wipes_the_fault_of_an_earlier_attempt(now: datetime, tasks: dict) -> None:
    job = ask(now, "room.broken")
    run_one(worker="w1", now=now)
    registry.job("room.broken")(lambda **payload: None)
    drain(now=now + timedelta(hours=1))
    assert (row(job).state, row(job).error) == (JobState.DONE, "")


def test_a_refusal_is_final(now: datetime) -> None:
    job = ask(now, "room.refused")
    assert run_one(worker="w1", now=now)
    assert (row(job).state, row(job).error, effects()) == (JobState.FAILED, "refused: ", [])


def test_work_of_a_newer_release_waits_for_a_worker_that_knows_it(now: datetime, tasks: dict) -> None:
    job = ask(now, number=7)
    known = tasks.pop("room.short")
    assert run_one(worker="old", now=now)
    assert (row(job).state, row(job).error) == (JobState.QUEUED, "UnknownTask: room.short")
    tasks["room.short"] = known
    drain(now=now + timedelta(minutes=1))
    assert row(job).state == JobState.DONE


def test_a_worker_that_was_given_up_writes_nothing_when_it_wakes(now: datetime) -> None:
    """It fell asleep in the middle; the lease ran out, another worker did the job; then it goes on."""
    job = ask(now, "room.long", number=7)
    later = now + LEASE + timedelta(seconds=1)
    prompt = registry.find("room.long").handler

    def sleeper(*, job: JobContext, now: datetime, number: int) -> None:
        registry.job("room.long", lease=LEASE, atomic=False)(prompt)
        sweep(now=later)
        run_one(worker="prompt", now=later)
        with job.finish():
            leave_effect(99, now)

    sleeper.__module__ = prompt.__module__
    registry.job("room.long", lease=LEASE, atomic=False)(sleeper)
    assert run_one(worker="sleeper", now=now)
    assert effects() == ["thing:7"]
    assert (row(job).state, row(job).attempts, row(job).worker) == (JobState.DONE, 2, "prompt")


def test_a_long_job_keeps_its_lease_by_saying_how_far_it_is(now: datetime) -> None:
    job = ask(now, "room.long", number=7)
    moments = iter(now + timedelta(seconds=20 * step) for step in range(1, 9))

    def slow(*, job: JobContext, now: datetime, number: int) -> None:
        for part in range(4):
            job.report(progress=part + 1, total=4)
            at = row_of(job).lease_until - LEASE
            assert sweep(now=at + timedelta(seconds=29)).taken_up == 0
        job.renew()
        with job.finish():
            leave_effect(number, now)

    def row_of(context: JobContext) -> Job:
        return Job.objects.get(pk=context.id)

    registry.job("room.long", lease=LEASE, atomic=False)(slow)
    assert run_one(worker="w1", now=now, clock=lambda: next(moments))
    done = row(job)
    assert (done.state, done.progress, done.total, effects()) == (JobState.DONE, 4, 4, ["thing:7"])
    assert done.ended_at == now + timedelta(seconds=120)


def test_cancelling_takes_running_work_out_of_its_workers_hands(now: datetime) -> None:
    job = ask(now, "room.long", number=7)
    noticed = []

    def interrupted(*, job: JobContext, now: datetime, number: int) -> None:
        cancel(job_id=job.id, now=now)
        try:
            job.report(progress=1, total=2)
        except LeaseLost:
            noticed.append(number)
            raise
        leave_effect(number, now)

    registry.job("room.long", lease=LEASE, atomic=False)(interrupted)
    assert run_one(worker="w1", now=now)
    assert (row(job).state, noticed, effects()) == (JobState.CANCELLED, [7], [])


def test_a_long_job_without_an_effect_is_done_all_the_same(now: datetime) -> None:
    registry.job("room.long", atomic=False)(lambda **payload: None)
    job = ask(now, "room.long", number=7)
    assert run_one(worker="w1", now=now)
    assert row(job).state == JobState.DONE


def test_pauses_grow_to_an_hour() -> None:
    seconds = [pause_after(attempts).total_seconds() for attempts in range(1, 10)]
    assert seconds == [5, 15, 45, 135, 405, 1215, 3600, 3600, 3600]
