from datetime import date, timedelta

import pytest

from courses.models.progress import EnrolmentProgress
from courses.selectors.behind import behind
from lms.cohorts.models import Membership, Organisation
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory
from tests.factories.courses import enrolment_of, published_course
from tests.factories.exams import ExamFactory, make_seat

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def course():
    return published_course()


@pytest.fixture
def cohort(course):
    return CohortFactory(organisation=course.organisation)


def _studying(course, cohort, name: str, last_at, percent: int = 40):
    person = PersonFactory(real_name=name)
    MembershipFactory(cohort=cohort, person=person)
    enrolment = enrolment_of(person, course)
    type(enrolment).objects.filter(pk=enrolment.pk).update(cohort=cohort)
    EnrolmentProgress.objects.filter(enrolment=enrolment).update(last_at=last_at, percent=percent)
    return person


def _behind(course, now):
    return behind(Organisation.objects.filter(pk=course.organisation_id), now)


def test_the_longest_silent_stand_first(course, cohort, now, django_assert_num_queries) -> None:
    never = _studying(course, cohort, "从未开始", None, 0)
    _studying(course, cohort, "两周没来", now - timedelta(days=14))
    _studying(course, cohort, "正好七天", now - timedelta(days=7))
    _studying(course, cohort, "昨天还在", now - timedelta(days=1))
    exam = ExamFactory(organisation=course.organisation)
    make_seat(exam, person=never)
    with django_assert_num_queries(1):
        found = _behind(course, now)
    assert [(each.person, each.studied, each.exam_at) for each in found.first] == [
        ("从未开始", False, exam.opens_at),
        ("两周没来", True, None),
        ("正好七天", True, None),
    ]
    assert (found.count, found.first[1].days(now), found.first[1].percent) == (3, 14, 40)


def test_who_has_finished_left_or_waits_is_not_called(course, cohort, now) -> None:
    long_ago = now - timedelta(days=30)
    _studying(course, cohort, "学完了", long_ago, 100)
    Membership.objects.filter(person=_studying(course, cohort, "退班了", long_ago)).update(state="withdrawn")
    over = CohortFactory(organisation=course.organisation, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 1))
    _studying(course, over, "班已结束", long_ago)
    assert _behind(course, now).count == 0


def test_another_base_is_none_of_ones_business(course, cohort, now) -> None:
    _studying(course, cohort, "两周没来", now - timedelta(days=14))
    assert behind(Organisation.objects.exclude(pk=course.organisation_id), now).first == ()
