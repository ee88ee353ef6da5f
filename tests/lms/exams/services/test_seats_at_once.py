"""Two managers at one desk, at one moment."""

from datetime import datetime

import pytest

from lms.exams.models import Paper, Seat
from lms.exams.services.planning import ExamInUse, change_exam
from lms.exams.services.seats import DeskTaken, assign_seat
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.exams import ExamFactory
from tests.lms.exams.services.test_at_once import HANDS, at_once

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]


def test_admitting_one_person_at_once_is_one_seat_with_one_paper(now: datetime) -> None:
    exam, person = ExamFactory(), PersonFactory()
    given = {"exam": exam, "person": person, "organisation": exam.organisation, "now": now}
    seats = at_once(lambda _number: assign_seat(**given).pk)
    assert len(set(seats)) == Seat.objects.count() == Paper.objects.count() == 1


def test_one_desk_asked_for_at_once_is_given_once(now: datetime) -> None:
    exam, people = ExamFactory(), PersonFactory.create_batch(HANDS)

    def admit(number: int) -> str:
        given = {"exam": exam, "person": people[number], "organisation": exam.organisation, "now": now}
        try:
            assign_seat(**given, room="101", desk="A1")
        except DeskTaken:
            return "taken"
        return "given"

    assert sorted(at_once(admit)) == ["given", *["taken"] * (HANDS - 1)]
    assert Seat.objects.count() == Paper.objects.count() == 1


def test_a_plan_changed_while_people_are_seated_is_changed_before_or_not_at_all(now: datetime) -> None:
    exam, people = ExamFactory(minutes=30), PersonFactory.create_batch(HANDS)
    manager = RoleGrantFactory(organisation=exam.organisation, user=PersonFactory().user).user

    def work(number: int) -> str:
        if number:
            assign_seat(exam=exam, person=people[number], organisation=exam.organisation, now=now)
            return "seated"
        try:
            change_exam(exam=exam, changed_by=manager, now=now, minutes=45)
        except ExamInUse:
            return "refused"
        return "changed"

    outcome = at_once(work)[0]
    exam.refresh_from_db()
    assert (outcome, exam.minutes) in {("changed", 45), ("refused", 30)}
    assert exam.papers.count() == HANDS - 1
