from unittest.mock import patch

import pytest
from django.db import IntegrityError

from courses.enums import EnrolmentState
from courses.models import Course, Enrolment, EnrolmentEvent
from courses.services.enrolling import (
    CourseWithdrawn,
    NotActive,
    NothingPublished,
    enrol,
    enrol_oneself,
    withdraw,
)
from courses.services.publishing import freeze_version
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory
from tests.factories.courses import CourseFactory, LessonFactory, enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_who_enrols_gets_the_current_version_and_empty_counters(now) -> None:
    course = published_course()
    enrolment = enrolment_of(course=course)
    assert enrolment.course_version == course.current_version
    assert (enrolment.progress.done, enrolment.progress.total, enrolment.progress.declared_s) == (0, 2, 240)
    event = EnrolmentEvent.objects.get()
    assert (event.from_state, event.to_state, event.actor) == ("", EnrolmentState.ACTIVE, "test")


def test_a_later_version_does_not_move_who_is_enrolled(now) -> None:
    course = published_course()
    enrolment = enrolment_of(course=course)
    LessonFactory(course=course)
    freeze_version(page=course.page, now=now)
    enrolment.refresh_from_db()
    course.refresh_from_db()
    assert (enrolment.course_version.no, course.current_version.no) == (1, 2)


def test_enrolling_again_answers_the_enrolment_that_is_there() -> None:
    course, person = published_course(), PersonFactory()
    assert enrolment_of(person, course) == enrolment_of(person, course)
    assert Enrolment.objects.count() == 1


def test_the_slower_of_two_clicks_gets_the_faster_ones_enrolment(now) -> None:
    course, person = published_course(), PersonFactory()
    first = enrolment_of(person, course)
    with (
        patch("django.db.models.query.QuerySet.first", return_value=None),
        patch("courses.services.enrolling._begin", side_effect=IntegrityError),
    ):
        assert enrolment_of(person, course) == first


def test_a_course_never_published_cannot_be_taken_up(now) -> None:
    course = CourseFactory()
    with pytest.raises(NothingPublished):
        enrol(person=PersonFactory(), course=course, organisation=course.organisation, actor="test", now=now)


def test_a_course_that_was_taken_down_takes_nobody_new_in_and_keeps_who_studies(now) -> None:
    course, person = published_course(), PersonFactory()
    first = enrolment_of(person, course)
    course.page.unpublish()
    course = Course.objects.get()
    with pytest.raises(CourseWithdrawn):
        enrolment_of(PersonFactory(), course)
    assert enrolment_of(person, course) == first


@pytest.mark.parametrize(("level", "inside"), [("junior", True), ("senior", False)])
def test_self_enrolment_falls_into_the_cohort_that_fits(now, level, inside) -> None:
    course = published_course()
    cohort = CohortFactory(organisation=course.organisation, level=level)
    person = MembershipFactory(cohort=cohort).person
    enrolment = enrol_oneself(person=person, course=course, actor="user:1", now=now)
    assert enrolment.cohort == (cohort if inside else None)


def test_who_withdrew_may_enrol_anew_and_both_stay_on_record(now) -> None:
    course, person = published_course(), PersonFactory()
    first = enrolment_of(person, course)
    withdraw(enrolment=first, actor="user:1", reason="moved away", now=now)
    second = enrolment_of(person, course)
    assert first != second
    assert set(Enrolment.objects.values_list("state", flat=True)) == {"withdrawn", "active"}
    with pytest.raises(NotActive):
        withdraw(enrolment=first, actor="user:1", reason="again", now=now)
