from datetime import date, datetime, timedelta

import pytest

from courses.models import Enrolment, EnrolmentProgress, Offering
from courses.services import reminding
from courses.services.reminding import remind
from courses.services.supervising import return_practice
from lms.cohorts.enums import Role
from lms.kernel.beijing import BEIJING
from lms.mailing.enums import NoticeGroup
from lms.mailing.models import Message, NotificationPreference
from lms.mailing.selectors.notices import notices_of
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.courses import enrolment_of
from tests.factories.exams import make_attempt, make_seat
from tests.factories.practice import handed_in

pytestmark = [pytest.mark.room, pytest.mark.django_db]
MORNING = datetime(2026, 11, 22, 9, 0, tzinfo=BEIJING)
DAY = timedelta(days=1)


def told(person, kind) -> int:
    return sum(notice.kind == kind for notice in notices_of(person.user))


def mails(person, kind) -> int:
    return Message.objects.filter(kind=kind, to=person.user.email).count()


def opening(at: datetime):
    seat = make_seat()
    seat.exam.opens_at, seat.exam.closes_at = at, at + timedelta(hours=4)
    seat.exam.save()
    return seat


def studied(enrolment: Enrolment, at: datetime) -> None:
    EnrolmentProgress.objects.filter(enrolment=enrolment).update(last_at=at)


def test_tomorrows_exam_is_told_once_and_only_to_who_has_not_sat() -> None:
    tomorrow, next_week = opening(MORNING + DAY), opening(MORNING + 7 * DAY)
    begun = opening(MORNING + DAY)
    make_attempt(begun, now=MORNING + DAY)
    for round_ in range(3):
        remind(now=MORNING + timedelta(hours=round_))
    assert told(tomorrow.person, "exam-tomorrow") == mails(tomorrow.person, "exam-tomorrow") == 1
    assert told(next_week.person, "exam-tomorrow") == told(begun.person, "exam-tomorrow") == 0


def test_a_round_that_died_halfway_tells_nobody_twice(monkeypatch) -> None:
    seats = [opening(MORNING + DAY), opening(MORNING + DAY)]
    real, calls = reminding.announce, []

    def dying(**words):
        calls.append(words)
        if len(calls) == 2:
            raise SystemExit("killed")
        return real(**words)

    monkeypatch.setattr(reminding, "announce", dying)
    with pytest.raises(SystemExit):
        remind(now=MORNING)
    assert not Message.objects.filter(kind="exam-tomorrow").exists()
    for _ in range(2):
        remind(now=MORNING)
    assert [mails(seat.person, "exam-tomorrow") for seat in seats] == [1, 1]


def test_by_night_nobody_is_told() -> None:
    opening(MORNING + DAY)
    assert remind(now=MORNING.replace(hour=3)) == 0
    assert remind(now=MORNING) == 1


def test_an_offering_is_told_three_days_before_also_after_a_missed_round() -> None:
    enrolment = enrolment_of()
    enrolment.offering = Offering.objects.create(
        course=enrolment.course,
        organisation=enrolment.organisation,
        code="W-1",
        title="冬季班",
        starts_on=date(2026, 11, 25),
        ends_on=date(2026, 12, 20),
        created_at=MORNING,
    )
    enrolment.save()
    studied(enrolment, MORNING)
    remind(now=MORNING - DAY)
    assert told(enrolment.person, "offering-soon") == 0
    remind(now=MORNING + DAY)
    remind(now=MORNING + 2 * DAY)
    assert told(enrolment.person, "offering-soon") == 1


def test_silence_is_told_once_a_week_four_times_and_ends_with_study() -> None:
    enrolment = enrolment_of()
    studied(enrolment, MORNING)
    days = [day for day in range(50) if remind(now=MORNING + day * DAY)]
    assert days == [7, 14, 21, 28]
    studied(enrolment, MORNING + 50 * DAY)
    assert remind(now=MORNING + 56 * DAY) == 0
    assert remind(now=MORNING + 57 * DAY) == 1


def test_study_in_one_course_breaks_the_silence_of_all() -> None:
    silent, busy = (enrolment := enrolment_of()), enrolment_of(enrolment.person)
    studied(silent, MORNING - 10 * DAY)
    studied(busy, MORNING - 2 * DAY)
    assert remind(now=MORNING) == 0


def test_who_switched_the_mails_off_still_finds_the_notice() -> None:
    enrolment = enrolment_of()
    studied(enrolment, MORNING - 7 * DAY)
    NotificationPreference.objects.create(
        user_id=enrolment.person.user_id, group=NoticeGroup.STUDY, mail=False, changed_at=MORNING
    )
    remind(now=MORNING)
    assert (told(enrolment.person, "study-quiet"), mails(enrolment.person, "study-quiet")) == (1, 0)


def test_a_returned_record_that_lies_for_a_week_is_told_once_more() -> None:
    enrolment = enrolment_of()
    record = handed_in(enrolment)
    trainer = RoleGrantFactory(organisation=record.organisation, role=Role.TRAINER).user
    return_practice(record=record, judged_by=trainer, reason="谁能证明？", now=MORNING)
    studied(enrolment, MORNING + 7 * DAY)
    for days in (1, 6, 7, 8, 9):
        remind(now=MORNING + days * DAY)
    assert told(enrolment.person, "practice-returned") == mails(enrolment.person, "practice-returned") == 2
