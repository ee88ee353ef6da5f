from datetime import date

import pytest

from certificates.selectors.agenda import agenda_of
from lms.exams.models import Attempt
from tests.factories.certificates import Bench
from tests.factories.exams import ExamFactory, make_attempt, make_seat

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_seats_and_certificates_of_one_person_are_one_question(now, clock, django_assert_num_queries) -> None:
    bench = Bench()
    certificate = bench.issue(now)
    exam = ExamFactory(organisation=bench.organisation)
    make_seat(exam, person=bench.person)
    make_seat(exam)
    with django_assert_num_queries(1):
        seat, held = agenda_of(bench.person.pk)
    assert (seat.kind, seat.title, seat.title_en, seat.state) == ("exam", exam.title, exam.title_en, "waiting")
    assert (seat.begins, seat.ends) == (exam.opens_at, exam.closes_at)
    assert (held.kind, held.ref, held.title, held.state) == ("certificate", certificate.serial, "junior", "issued")
    assert (held.begins.date(), held.ends.date()) == (certificate.issued_on, certificate.valid_until)
    assert held.begins.date() == date(2026, 11, 22)


def test_a_seat_says_whether_it_waits_is_being_sat_or_was_sat(now) -> None:
    attempt = make_attempt()
    person = attempt.seat.person_id
    assert agenda_of(person)[0].state == "open"
    Attempt.objects.filter(pk=attempt.pk).update(state="submitted", ended_at=now)
    assert agenda_of(person)[0].state == "done"
