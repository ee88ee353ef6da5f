import json
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from lms.credits.models import CreditLine
from lms.exams.enums import AttemptState
from lms.exams.models import Attempt, AttemptStep, Result
from lms.exams.services.attempts import (
    AlreadySat,
    NotOpenYet,
    RoomClosed,
    SeatWithdrawn,
    close_overdue,
    hashed_answers,
    start,
    submit,
)
from lms.exams.services.steps import save_step
from lms.jobs.services.work import drain
from lms.schemes.models import RequirementFact
from tests.conftest import NOON
from tests.factories.exams import ExamFactory, answer_rightly, make_attempt, make_seat
from tests.lms.exams.papers import make_whole_exam, whole_answers

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_the_deadline_is_set_once_by_the_server_s_clock(now: datetime) -> None:
    attempt = make_attempt()
    assert (attempt.deadline_at, attempt.accepts_until) == (
        now + timedelta(minutes=30),
        now + timedelta(minutes=31),
    )
    assert start(seat=attempt.seat, now=now + timedelta(minutes=10)) == attempt
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(("extra", "minutes"), [(0, 20), (15, 35)])
def test_the_room_s_closing_cuts_the_time_short_but_not_the_extra_time(extra: int, minutes: int, now: datetime) -> None:
    exam = ExamFactory(closes_at=now + timedelta(minutes=20))
    attempt = make_attempt(make_seat(exam, extra_minutes=extra))
    assert attempt.deadline_at == now + timedelta(minutes=minutes)


def test_before_and_after_the_door_is_shut() -> None:
    seat = make_seat()
    with pytest.raises(NotOpenYet):
        start(seat=seat, now=NOON - timedelta(hours=1, seconds=1))
    with pytest.raises(RoomClosed):
        start(seat=seat, now=NOON + timedelta(hours=3))
    assert Attempt.objects.count() == 0


def test_nobody_sits_twice(now: datetime) -> None:
    attempt = make_attempt()
    submit(attempt=attempt, now=now)
    with pytest.raises(AlreadySat):
        start(seat=attempt.seat, now=now)


def test_an_exam_may_be_sat_as_often_as_it_says_and_a_void_attempt_does_not_count(now: datetime) -> None:
    seat = make_seat(ExamFactory(attempts_allowed=2))
    for number in (1, 2):
        attempt = start(seat=seat, now=now)
        assert attempt.no == number
        submit(attempt=attempt, now=now)
    with pytest.raises(AlreadySat):
        start(seat=seat, now=now)
    Attempt.objects.filter(no=1).update(state=AttemptState.VOID)
    assert start(seat=seat, now=now).no == 3


def test_a_withdrawn_seat_is_not_taken(now: datetime) -> None:
    seat = make_seat()
    seat.withdrawn_at = now
    seat.save()
    with pytest.raises(SeatWithdrawn):
        start(seat=seat, now=now)


def test_the_hash_on_the_receipt_can_be_worked_out_by_hand(now: datetime) -> None:
    attempt = make_attempt(make_seat(make_whole_exam()))
    for number, (slot, answer) in enumerate(whole_answers(attempt).items(), start=1):
        save_step(attempt=attempt, client_seq=number, kind="save", slot=slot, answer=answer, now=now, actor="user:1")
    save_step(attempt=attempt, client_seq=90, kind="save", slot=1, answer=None, now=now, actor="user:1")
    save_step(attempt=attempt, client_seq=91, kind="flag", slot=2, answer=True, now=now, actor="user:1")
    receipt = submit(attempt=attempt, now=now)
    answers = {str(slot): answer for slot, answer in whole_answers(attempt).items() if slot != 1}
    whole = {"answers": answers, "attempt": str(attempt.uid), "paper": attempt.paper_hash}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert receipt.answers_hash == sha256(text.encode()).hexdigest()


def test_the_clock_s_receipt_carries_the_hash_too(now: datetime) -> None:
    attempt = make_attempt()
    answer_rightly(attempt, slots=2)
    close_overdue(now=now + timedelta(hours=1))
    drain(now=now + timedelta(hours=1))
    attempt.refresh_from_db()
    assert attempt.answers_hash == hashed_answers(attempt)


def test_handing_in_gives_a_receipt_and_twice_the_same(now: datetime) -> None:
    attempt = make_attempt()
    answer_rightly(attempt)
    first = submit(attempt=attempt, now=now, actor="user:1")
    assert submit(attempt=attempt, now=now + timedelta(hours=1), actor="user:1") == first
    assert (len(first.code), first.state, first.ended_at) == (14, AttemptState.SUBMITTED, now)
    assert Result.objects.count() == CreditLine.objects.count() == 1
    assert RequirementFact.objects.filter(kind="exam").count() == 1


def test_handing_in_too_late_closes_with_what_was_saved(now: datetime) -> None:
    attempt = make_attempt()
    answer_rightly(attempt, slots=2)
    receipt = submit(attempt=attempt, now=now + timedelta(hours=1), actor="user:1")
    assert (receipt.state, receipt.ended_at) == (AttemptState.EXPIRED, attempt.accepts_until)
    assert Result.objects.get().points == 2
    assert AttemptStep.objects.get(kind="submit").actor == "system:exams"


def test_overdue_attempts_are_handed_in_by_jobs_and_only_they(now: datetime) -> None:
    overdue, late = make_attempt(), now + timedelta(minutes=31, seconds=1)
    going_on = make_attempt(now=now + timedelta(minutes=5))
    assert close_overdue(now=now + timedelta(minutes=31)) == 0
    assert close_overdue(now=late) == close_overdue(now=late) == 1
    drain(now=late)
    states = Attempt.objects.in_bulk()
    assert states[overdue.pk].state == AttemptState.EXPIRED
    assert states[going_on.pk].state == AttemptState.OPEN
    assert close_overdue(now=late) == 0
    assert Result.objects.count() == 1
