import re
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.exams.models import Attempt
from lms.exams.services.attempts import submit
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import OrganisationFactory
from tests.factories.exams import ExamFactory, make_attempt, make_bank, make_seat

pytestmark = [pytest.mark.face, pytest.mark.django_db]


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        (-60, 180, ("30 minutes", "Start, 30 minutes")),
        (-60, 20, ("20", "because the room closes at 12:20, Beijing time", "The exam itself would give 30")),
        (60, 180, ("Not open yet",)),
        (-180, -60, ("This exam is closed",)),
    ],
    ids=["open", "cut short", "not yet", "closed"],
)
def test_the_start_page_says_how_much_time_there_is_and_why(
    opens: int, closes: int, words: tuple[str, ...], clock
) -> None:
    exam = ExamFactory(opens_at=NOON + timedelta(minutes=opens), closes_at=NOON + timedelta(minutes=closes))
    seat = make_seat(exam)
    page = signed_in(seat.person).get(f"/en/exams/{seat.pk}/start/").content.decode()
    for word in words:
        assert word in page
    assert ('class="btn btn-primary btn-lg"' in page) == (closes > 0)
    assert ("data-waiting-start hidden" in page) == (opens > 0)
    assert Attempt.objects.count() == 0


def test_extra_minutes_are_told_and_given(clock) -> None:
    seat = make_seat(extra_minutes=15)
    client = signed_in(seat.person)
    assert "Start, 45 minutes" in client.get(f"/en/exams/{seat.pk}/start/").content.decode()
    client.post(f"/exams/{seat.pk}/start/")
    assert Attempt.objects.get().deadline_at == NOON + timedelta(minutes=45)


def test_starting_twice_leads_to_the_same_room(clock) -> None:
    seat = make_seat()
    client = signed_in(seat.person)
    places = {client.post(f"/exams/{seat.pk}/start/")["Location"] for _ in range(2)}
    assert places == {f"/exam/{Attempt.objects.get().uid}/"}


def test_starting_costs_five_queries_however_often_one_has_sat(
    clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for sat in (0, 3):
        seat = make_seat(ExamFactory(attempts_allowed=5))
        for _ in range(sat):
            submit(attempt=make_attempt(seat), now=NOON)
        client = signed_in(seat.person)
        cache.clear()
        with django_assert_num_queries(START_QUERIES):
            assert client.post(f"/exams/{seat.pk}/start/").status_code == 302


# session, user, the seat with its exam and the hash of its paper, its attempts, the new row
START_QUERIES = 5


def test_both_limits_are_told_and_the_earlier_is_named(clock) -> None:
    for closes, ends in ((180, ("12:30", "15:00")), (20, ("12:30", "12:20"))):
        seat = make_seat(ExamFactory(closes_at=NOON + timedelta(minutes=closes)))
        page = signed_in(seat.person).get(f"/en/exams/{seat.pk}/start/").content.decode()
        own, room = re.findall(r"<dd>(\d\d:\d\d)(.*?)</dd>", page)[:2]
        assert (own[0], room[0]) == ends
        assert ("earlier" in own[1], "earlier" in room[1]) == (closes == 180, closes == 20)


def test_before_the_bell_the_page_holds_the_start_and_opens_by_itself(clock) -> None:
    seat = make_seat(ExamFactory(opens_at=NOON + timedelta(minutes=5)))
    page = signed_in(seat.person).get(f"/en/exams/{seat.pk}/start/").content.decode()
    assert 'data-opens="2026-11-22T04:05:00+00:00" data-now="2026-11-22T04:00:00+00:00"' in page
    assert page.index("data-waiting-start hidden") < page.index("Start, 30 minutes")
    assert "exams/waiting.js" in page
    refused = signed_in(seat.person).post(f"/en/exams/{seat.pk}/start/")
    assert (refused.status_code, Attempt.objects.count()) == (409, 0)


def test_the_notes_of_a_left_window_are_announced_before_the_start(clock) -> None:
    seat = make_seat()
    page = signed_in(seat.person).get(f"/en/exams/{seat.pk}/start/").content.decode()
    assert "the time is noted" in page
    assert "the term of appeal, 7 days, is over" in page


def test_attempts_left_are_told(clock) -> None:
    seat = make_seat(ExamFactory(attempts_allowed=2))
    submit(attempt=make_attempt(seat), now=NOON)
    client = signed_in(seat.person)
    page = client.get(f"/en/exams/{seat.pk}/start/").content.decode()
    assert "Attempts left: 1 of 2." in page
    assert "Start, 30 minutes" in page
    assert "Sit it again" in client.get("/en/exams/").content.decode()


def test_a_withdrawn_seat_is_said_to_be_so(clock) -> None:
    seat = make_seat()
    seat.withdrawn_at = NOON
    seat.save()
    client = signed_in(seat.person)
    assert "Seat withdrawn" in client.get("/en/exams/").content.decode()
    page = client.get(f"/en/exams/{seat.pk}/start/").content.decode()
    assert "has withdrawn this seat" in page
    assert "btn-primary btn-lg" not in page
    assert client.post(f"/exams/{seat.pk}/start/").status_code == 409


def test_a_closed_door_is_said_in_words(clock) -> None:
    seat = make_seat(ExamFactory(closes_at=NOON + timedelta(minutes=1)))
    clock.advance(timedelta(minutes=2))
    response = signed_in(seat.person).post(f"/exams/{seat.pk}/start/")
    assert response.status_code == 409
    assert "这场考试已经关闭。下一场的时间请问培训基地。" in response.content.decode()


def test_the_list_says_what_can_be_done_about_each_seat(now: datetime, clock) -> None:
    person = PersonFactory()
    make_seat(person=person)
    make_attempt(make_seat(person=person))
    submit(attempt=make_attempt(make_seat(person=person)), now=now)
    make_seat(ExamFactory(opens_at=NOON - timedelta(days=2), closes_at=NOON - timedelta(days=1)), person)
    page = signed_in(person).get("/en/exams/").content.decode()
    for words in ("To the start", "Go on", "Not passed", "Closed, not sat", "Beijing time"):
        assert page.count(words) >= 1


def test_somebody_without_a_seat_reads_what_to_expect() -> None:
    page = signed_in(PersonFactory()).get("/en/exams/").content.decode()
    assert "You have no seat in an exam." in page


@pytest.mark.parametrize("seats", [10, 1000])
def test_the_list_costs_the_same_for_ten_and_for_a_thousand(
    seats: int, clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person, organisation = PersonFactory(), OrganisationFactory()
    bank = make_bank(organisation)
    line = [{"kind": "single", "count": 1, "points": "1.00"}]
    for number in range(seats):
        exam = ExamFactory(organisation=organisation, bank=bank, blueprint={"lines": line})
        seat = make_seat(exam, person)
        if number >= seats - 3:
            make_attempt(seat)
    signed_in(make_seat().person).get("/exams/")
    client = signed_in(person)
    cache.clear()
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/exams/").content.decode()
    assert page.count("<li>\n    <div>") == min(seats, 20)
    assert ("page=2" in page) == (seats > 20)


# 2 for the sign-in, 2 for the frame of the desk; then the count, the seats with their exams, attempts, results
LIST_QUERIES = 8
