from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from courses.selectors.calendar import CalendarEntry, calendar_of, days_in
from courses.services.calendars import as_ical, close_feed, open_feed, renew_feed
from lms.kernel.beijing import BEIJING
from tests.factories.accounts import BEGINNING
from tests.factories.cohorts import MembershipFactory
from tests.factories.courses import enrolment_of
from tests.factories.exams import make_seat

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def seat():
    return make_seat()


def events_in(raw: bytes) -> dict[str, object]:
    return {str(event["uid"]): event for event in Calendar.from_ical(raw).walk("VEVENT")}


def test_a_seat_and_the_last_day_of_a_cohort_are_in_the_calendar(seat) -> None:
    membership = MembershipFactory(person=seat.person, cohort__ends_on=date(2026, 12, 31))
    make_seat()
    refs = {entry.ref for entry in calendar_of(seat.person_id)}
    assert refs == {f"seat-{seat.pk}", f"cohort-{membership.cohort_id}-last"}


def test_a_room_that_closes_on_another_day_stands_on_both(seat) -> None:
    opens = datetime(2026, 11, 30, 9, 0, tzinfo=BEIJING)
    entry = CalendarEntry("seat-1", "考试", opens, "/exams/", opens + timedelta(days=1, hours=15))
    (day,) = days_in([entry], 2026, 11)
    assert (day.on, [line.time for line in day.lines]) == (date(2026, 11, 30), ["09:00"])
    (closing,) = days_in([entry], 2026, 12)
    assert closing.on == date(2026, 12, 2)
    assert [(line.time, line.closing) for line in closing.lines] == [("00:00", True)]


def test_calendar_programs_read_beijing_times_and_stable_names(seat, now) -> None:
    MembershipFactory(person=seat.person)
    raw = as_ical(calendar_of(seat.person_id), now=now)
    events = events_in(raw)
    again = events_in(as_ical(calendar_of(seat.person_id), now=now + timedelta(days=1)))
    assert set(events) == set(again)
    timed = next(event for uid, event in events.items() if uid.startswith(f"seat-{seat.pk}@"))
    assert timed["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert timed.decoded("dtstart") == seat.exam.opens_at
    whole = next(event for uid, event in events.items() if uid.startswith("cohort-"))
    assert whole.decoded("dtend") - whole.decoded("dtstart") == timedelta(days=1)
    assert [zone["tzid"] for zone in Calendar.from_ical(raw).walk("VTIMEZONE")] == ["Asia/Shanghai"]
    for personal in (seat.person.real_name, seat.person.user.email, seat.ticket_code):
        assert personal.encode() not in raw


def test_a_room_that_is_open_for_days_does_not_fill_them(now) -> None:
    opens = datetime(2026, 11, 1, 9, 0, tzinfo=BEIJING)
    raw = as_ical([CalendarEntry("seat-1", "考试", opens, "/exams/", opens + timedelta(days=30))], now=now)
    found = {uid.split("@")[0]: event for uid, event in events_in(raw).items()}
    assert {ref: event.decoded("dtstart") for ref, event in found.items()} == {
        "seat-1-opens": opens,
        "seat-1-closes": opens + timedelta(days=30),
    }
    assert all("dtend" not in event for event in found.values())


def test_a_new_key_makes_the_old_address_worthless(client, seat) -> None:
    first = open_feed(person=seat.person, now=BEGINNING).key
    assert open_feed(person=seat.person, now=BEGINNING).key == first
    answer = client.get(f"/calendar/{first}.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "sessionid" not in answer.cookies
    second = renew_feed(person=seat.person, now=BEGINNING).key
    assert [client.get(f"/calendar/{key}.ics").status_code for key in (first, second)] == [404, 200]
    close_feed(person=seat.person)
    assert client.get(f"/calendar/{second}.ics").status_code == 404


def test_who_may_no_longer_sign_in_has_no_feed(client, seat) -> None:
    key = open_feed(person=seat.person, now=BEGINNING).key
    seat.person.user.is_active = False
    seat.person.user.save()
    assert client.get(f"/calendar/{key}.ics").status_code == 404


def test_the_page_asks_the_same_for_one_date_and_for_many(client, seat) -> None:
    client.force_login(seat.person.user)
    client.get("/me/calendar/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/me/calendar/?month=2026-11").status_code == 200
        return len(asked)

    few = queries()
    for _ in range(10):
        make_seat(person=seat.person)
        MembershipFactory(person=seat.person)
        enrolment_of(seat.person)
    assert queries() == few
