from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from lms.exams.models import Paper, Seat
from lms.exams.services.seats import (
    AlreadyBegun,
    DeskTaken,
    ExtraTimeNeedsReason,
    NotEligible,
    NothingToAsk,
    SeatTooLate,
    WithdrawalNeedsReason,
    assign_seat,
    change_seat,
    withdraw_seat,
)
from lms.schemes.services.loading import load_scheme
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.exams import ExamFactory, make_attempt, make_seat
from tests.factories.records import events

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def strict(now: datetime):
    """An exam under rules that put the course first."""
    return ExamFactory(scheme_version=load_scheme("ttm-2026-2", now=now))


def test_whom_the_scheme_does_not_admit_gets_no_seat_and_is_told_why(strict, now: datetime) -> None:
    with override("en"), pytest.raises(NotEligible, match=r"贺淑敏 cannot be admitted yet\. The course “Foundations"):
        make_seat(strict, PersonFactory(real_name="贺淑敏"))
    assert (Seat.objects.count(), Paper.objects.count()) == (0, 0)


def test_a_written_exception_admits_and_stays_on_the_seat(strict, now: datetime) -> None:
    seat = make_seat(strict, exception="  出差在外，已看过他的学习记录 ", actor="user:7")
    assert seat.exception == "出差在外，已看过他的学习记录"
    (event,) = events("exams.seat-given")
    assert (event.actor, event.subject) == ("user:7", f"exams.seat:{seat.ticket_code}")
    assert event.detail["exception"] == seat.exception


def test_an_exception_that_nobody_needs_is_not_written_down() -> None:
    assert make_seat(exception="以防万一").exception == ""
    assert not events("exams.seat-given")


def test_a_seat_asked_for_twice_is_one_seat_with_one_paper() -> None:
    seat = make_seat()
    assert make_seat(seat.exam, seat.person) == seat
    assert (Seat.objects.count(), Paper.objects.count()) == (1, 1)


def test_nobody_is_seated_at_a_paper_that_is_not_planned() -> None:
    with pytest.raises(NothingToAsk):
        make_seat(ExamFactory(blueprint={"schema": 1, "lines": []}))


def test_nobody_is_admitted_after_the_room_has_closed() -> None:
    exam = ExamFactory()
    with pytest.raises(SeatTooLate):
        make_seat(exam, now=exam.closes_at)
    make_seat(exam, now=exam.closes_at - timedelta(seconds=1))


def test_a_desk_is_given_to_one_person_in_a_room() -> None:
    exam = ExamFactory()
    make_seat(exam, room="101", desk="A1")
    make_seat(exam, room="102", desk="A1")
    with pytest.raises(DeskTaken):
        make_seat(exam, room="101", desk=" A1 ")
    assert exam.seats.count() == 2


def test_more_time_wants_a_reason_and_less_time_keeps_none() -> None:
    with pytest.raises(ExtraTimeNeedsReason):
        make_seat(extra_minutes=15, extra_reason=" ")
    seat = make_seat(extra_minutes=15, extra_reason="视力障碍")
    change_seat(seat=seat, room="", desk="", extra_minutes=0, extra_reason="视力障碍", actor="user:1", now=NOON)
    seat.refresh_from_db()
    assert (seat.extra_minutes, seat.extra_reason) == (0, "")
    assert events("exams.seat-changed")[0].detail == {"extra_minutes": 0, "extra_reason": ""}


def test_once_begun_the_time_stands_and_the_desk_may_still_change() -> None:
    seat = make_seat(extra_minutes=5)
    make_attempt(seat)
    given = {"seat": seat, "extra_reason": seat.extra_reason, "actor": "user:1", "now": NOON}
    with pytest.raises(AlreadyBegun):
        change_seat(**given, room="", desk="", extra_minutes=30)
    change_seat(**given, room="101", desk="B2", extra_minutes=5)
    seat.refresh_from_db()
    assert (seat.room, seat.desk, seat.extra_minutes) == ("101", "B2", 5)


def test_a_withdrawn_seat_frees_its_desk_and_can_be_given_back() -> None:
    exam = ExamFactory()
    seat = make_seat(exam, room="101", desk="A1")
    with pytest.raises(WithdrawalNeedsReason):
        withdraw_seat(seat=seat, reason=" ", actor="user:1", now=NOON)
    withdraw_seat(seat=seat, reason="本人申请改期", actor="user:1", now=NOON)
    assert events("exams.seat-withdrawn")[0].detail == {"reason": "本人申请改期"}
    make_seat(exam, room="101", desk="A1")
    again = make_seat(exam, seat.person, room="101", desk="A2")
    assert (again, again.paper, again.withdrawn_at) == (seat, seat.paper, None)
    assert Paper.objects.count() == 2


def test_who_sits_already_is_not_withdrawn() -> None:
    seat = make_seat()
    make_attempt(seat)
    with pytest.raises(AlreadyBegun):
        withdraw_seat(seat=seat, reason="迟到", actor="user:1", now=NOON)


def test_a_second_sitting_asks_what_the_person_has_not_met() -> None:
    line = [{"kind": "single", "count": 3, "points": "1.00"}]
    first = ExamFactory(blueprint={"schema": 1, "lines": line})
    seat = make_seat(first)
    make_attempt(seat)
    other = {"organisation": first.organisation, "bank": first.bank, "scheme_version": first.scheme_version}
    second = make_seat(ExamFactory(**other, blueprint=first.blueprint), seat.person)
    met = {item["version"] for item in seat.paper.items}
    assert not met & {item["version"] for item in second.paper.items}


def test_a_paper_that_was_never_sat_counts_as_not_met() -> None:
    six = [{"kind": "single", "count": 6, "points": "1.00"}]
    first = ExamFactory(blueprint={"schema": 1, "lines": six})
    seat = make_seat(first)
    again = assign_seat(
        exam=ExamFactory(
            organisation=first.organisation,
            bank=first.bank,
            scheme_version=first.scheme_version,
            blueprint=first.blueprint,
        ),
        person=seat.person,
        organisation=first.organisation,
        now=NOON,
    )
    assert {item["version"] for item in seat.paper.items} == {item["version"] for item in again.paper.items}
