from datetime import date
from decimal import Decimal

import pytest

from courses.enums import OfferingState
from courses.models import Enrolment
from courses.services.enrolling import (
    OfferingByApplication,
    OfferingNeeded,
    OfferingOfAnotherCourse,
    enrol_oneself,
    withdraw,
)
from courses.services.places import OfferingClosed, OfferingFull, PrerequisitesMissing
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import CohortFactory, MembershipFactory
from tests.factories.courses import OfferingFactory, enrolment_of, published_course
from tests.factories.schemes import SchemeVersionFactory

pytestmark = [pytest.mark.room, pytest.mark.django_db]

JUNIOR_FIRST = {
    "kind": "leaf",
    "code": "junior-certificate",
    "title": "初级证书",
    "title_en": "Junior certificate",
    "fact": "certificate",
    "refs": ["junior"],
    "at_least": 1,
    "source": "本课程自定",
    "source_en": "This course's own rule",
}


def take_up(offering, now, person=None) -> Enrolment:
    person = person or PersonFactory()
    return enrol_oneself(person=person, course=offering.course, offering=offering, actor="user:1", now=now)


def test_a_place_is_taken_in_the_offering_and_its_cohort(now) -> None:
    cohort = CohortFactory()
    course = published_course(organisation=cohort.organisation)
    enrolment = take_up(OfferingFactory(course=course, cohort=cohort, seats=1), now)
    assert (enrolment.cohort, enrolment.scheme_version) == (cohort, cohort.scheme_version)
    assert list(cohort.memberships.values_list("person", flat=True)) == [enrolment.person_id]


def test_without_a_cohort_the_scheme_in_force_counts_the_time(now) -> None:
    assert take_up(OfferingFactory(), now).scheme_version is None
    version = SchemeVersionFactory(scheme__code="ttm", state="published", effective_from=date(2026, 1, 1))
    assert take_up(OfferingFactory(), now).scheme_version == version


def test_the_last_place_is_given_once_and_again_when_it_is_given_back(now) -> None:
    offering = OfferingFactory(seats=1)
    first = take_up(offering, now)
    with pytest.raises(OfferingFull):
        take_up(offering, now)
    withdraw(enrolment=first, actor="user:1", reason="moved away", now=now)
    assert take_up(offering, now).offering == offering


@pytest.mark.parametrize(
    "fields",
    [
        {"state": OfferingState.CLOSED},
        {"enrol_until": date(2026, 11, 21)},
        {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 11, 21)},
    ],
)
def test_outside_its_time_an_offering_takes_nobody_in(now, fields) -> None:
    with pytest.raises(OfferingClosed):
        take_up(OfferingFactory(**fields), now)
    assert not Enrolment.objects.exists()


def test_the_last_day_of_enrolment_ends_at_midnight_in_beijing(now) -> None:
    offering = OfferingFactory(enrol_until=date(2026, 11, 22))
    assert take_up(offering, now.replace(hour=15, minute=59)).offering == offering
    with pytest.raises(OfferingClosed):
        take_up(offering, now.replace(hour=16, minute=0))


def test_an_offering_that_is_planned_or_of_another_course_does_not_exist(now) -> None:
    with pytest.raises(OfferingOfAnotherCourse):
        take_up(OfferingFactory(state=OfferingState.PLANNED), now)
    with pytest.raises(OfferingOfAnotherCourse):
        enrol_oneself(
            person=PersonFactory(), course=published_course(), offering=OfferingFactory(), actor="user:1", now=now
        )


def test_where_the_base_decides_nobody_takes_a_place_unless_on_the_roster(now) -> None:
    cohort = CohortFactory()
    course = published_course(organisation=cohort.organisation)
    offering = OfferingFactory(course=course, cohort=cohort, needs_approval=True)
    with pytest.raises(OfferingByApplication):
        take_up(offering, now)
    person = MembershipFactory(cohort=cohort).person
    enrolment = enrol_oneself(person=person, course=course, actor="user:1", now=now)
    assert (enrolment.offering, enrolment.cohort) == (offering, cohort)


def test_a_course_that_is_offered_is_not_taken_up_without_an_offering(now) -> None:
    offering = OfferingFactory()
    with pytest.raises(OfferingNeeded):
        enrol_oneself(person=PersonFactory(), course=offering.course, actor="user:1", now=now)


def test_prerequisites_are_refused_with_their_sentences_until_they_are_met(now) -> None:
    course, person = published_course(prerequisites=JUNIOR_FIRST), PersonFactory()
    with pytest.raises(PrerequisitesMissing) as refusal:
        enrol_oneself(person=person, course=course, actor="user:1", now=now)
    assert "证书" in str(refusal.value)
    record_fact(
        person_id=person.pk,
        kind=FactKind.CERTIFICATE,
        ref="junior",
        value=Decimal(1),
        source="certificates.issued:1",
        occurred_at=now,
        now=now,
    )
    assert enrol_oneself(person=person, course=course, actor="user:1", now=now).course == course


def test_enrolling_twice_keeps_the_first_place(now) -> None:
    course, person = published_course(), PersonFactory()
    first = enrolment_of(person, course)
    offering = OfferingFactory(course=course, seats=1, needs_approval=True)
    assert take_up(offering, now, person) == first
    assert not Enrolment.objects.filter(offering=offering).exists()
