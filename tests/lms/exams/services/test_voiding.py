from datetime import datetime, timedelta

import pytest

from lms.exams.models import Result
from lms.exams.services.attempts import start, submit
from lms.exams.services.planning import NotYourExam
from lms.exams.services.steps import save_step
from lms.exams.services.voiding import VoidNeedsReason, void_attempt
from lms.kernel.refusals import Refusal
from lms.schemes.enums import FactKind
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.exams import answer_rightly, make_attempt, make_seat
from tests.factories.records import events

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def passed():
    attempt = make_attempt()
    answer_rightly(attempt)
    submit(attempt=attempt, now=NOON + timedelta(minutes=5))
    attempt.refresh_from_db()
    return attempt


@pytest.fixture
def manager(passed):
    return RoleGrantFactory(organisation=passed.seat.exam.organisation, user=PersonFactory().user).user


def total(person) -> int:
    return sum(person.facts.filter(kind=FactKind.EXAM).values_list("value", flat=True))


def test_a_void_pass_is_taken_back_and_what_was_answered_stays(passed, manager) -> None:
    steps, person = passed.steps.count(), passed.seat.person
    assert total(person) == 100
    void_attempt(attempt=passed, reason=" 替考，监考记录第 3 号 ", voided_by=manager, now=NOON + timedelta(hours=1))
    passed.refresh_from_db()
    assert (passed.state, passed.void_reason) == ("void", "替考，监考记录第 3 号")
    assert (total(person), passed.steps.count(), Result.objects.count()) == (0, steps, 1)
    (event,) = events("exams.attempt-voided")
    assert event.detail == {"reason": "替考，监考记录第 3 号", "was": "submitted"}


def test_after_a_void_attempt_its_person_may_sit_again(passed, manager) -> None:
    void_attempt(attempt=passed, reason="停电", voided_by=manager, now=NOON + timedelta(minutes=10))
    assert start(seat=passed.seat, now=NOON + timedelta(minutes=20)).no == 2


def test_voided_twice_it_is_one_act(passed, manager) -> None:
    for reason in ("停电", "另一个理由"):
        void_attempt(attempt=passed, reason=reason, voided_by=manager, now=NOON + timedelta(hours=1))
    passed.refresh_from_db()
    assert (passed.void_reason, len(events("exams.attempt-voided"))) == ("停电", 1)


def test_an_attempt_under_way_can_be_void_and_is_over(manager, passed) -> None:
    attempt = make_attempt(make_seat(passed.seat.exam))
    void_attempt(attempt=attempt, reason="坐错位置", voided_by=manager, now=NOON + timedelta(minutes=1))
    attempt.refresh_from_db()
    assert (attempt.is_open, attempt.ended_at) == (False, None)
    with pytest.raises(Refusal):
        save_step(attempt=attempt, client_seq=1, kind="flag", slot=1, answer=True, now=NOON, actor="user:1")


def test_it_takes_a_reason_and_a_manager_of_the_base(passed, manager, now: datetime) -> None:
    with pytest.raises(VoidNeedsReason):
        void_attempt(attempt=passed, reason="  ", voided_by=manager, now=now)
    with pytest.raises(NotYourExam):
        void_attempt(attempt=passed, reason="停电", voided_by=PersonFactory().user, now=now)
    passed.refresh_from_db()
    assert passed.state == "submitted"
