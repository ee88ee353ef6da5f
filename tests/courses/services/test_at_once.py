"""Two pages and impatient networks: what happens when everything arrives at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from courses.models import Enrolment, ItemProgress, PresenceAnswer, StudyInterval, StudyLease, StudySettlement
from courses.services.enrolling import enrol_oneself
from courses.services.places import OfferingFull
from lms.schemes.enums import FactKind
from tests.courses.study import answer, claim, lease_for, lease_until_asked, study_item
from tests.factories.accounts import PersonFactory
from tests.factories.courses import OfferingFactory, enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.db, pytest.mark.django_db(transaction=True)]

PAGES = 4


def at_once(act: Callable[[int], object]) -> None:
    """Do it in several threads that start together; what goes wrong in one of them is raised here."""
    barrier = Barrier(PAGES)

    def page(number: int) -> None:
        barrier.wait(10)
        try:
            act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(PAGES) as pool:
        list(pool.map(page, range(PAGES)))


def test_one_claim_sent_by_four_connections_is_credited_once(now) -> None:
    enrolment = enrolment_of()
    lease = lease_for(enrolment, now)
    at_once(lambda n: claim(lease, 0, 0, 20, now + timedelta(seconds=60)))
    assert (StudyInterval.objects.count(), ItemProgress.objects.get().covered_s) == (1, 20)


def test_four_claims_at_once_share_the_wall_time_of_their_lease(now) -> None:
    lease = lease_for(enrolment_of(), now)
    at_once(lambda n: claim(lease, n, n * 20, n * 20 + 20, now + timedelta(seconds=50)))
    assert ItemProgress.objects.get().covered_s == 50


def test_an_item_completed_by_four_connections_posts_its_hours_once(now) -> None:
    enrolment = enrolment_of()
    done = study_item(enrolment, "item-1", 110, now)
    lease = lease_for(enrolment, done)
    at_once(lambda n: claim(lease, n, 110, 120, done + timedelta(seconds=30)))
    assert enrolment.person.facts.filter(kind=FactKind.CLASS_HOURS).count() == 1


def test_two_pages_that_open_at_once_get_a_lease_each_one_after_the_other(now) -> None:
    enrolment = enrolment_of()
    at_once(lambda n: lease_for(enrolment, now) if n < 2 else None)
    assert list(StudyLease.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]


def test_one_answer_sent_by_four_connections_is_taken_down_once(now) -> None:
    enrolment = enrolment_of(course=published_course(minutes=30))
    lease, due = lease_until_asked(enrolment, now)
    claim(lease, 0, 0, 60, due + timedelta(seconds=20))
    at_once(lambda n: answer(lease, due + timedelta(seconds=30)))
    assert (PresenceAnswer.objects.count(), StudySettlement.objects.count()) == (1, 1)


def test_four_clicks_enrol_once() -> None:
    person, course = PersonFactory(), published_course()
    at_once(lambda n: enrolment_of(person, course))
    assert Enrolment.objects.count() == 1


def test_the_last_place_of_an_offering_is_given_to_one_of_four(now) -> None:
    offering = OfferingFactory(seats=1)
    people = [PersonFactory() for _ in range(PAGES)]
    refused: list[str] = []

    def take(number: int) -> None:
        try:
            enrol_oneself(person=people[number], course=offering.course, offering=offering, actor="test", now=now)
        except OfferingFull as full:
            refused.append(full.code)

    at_once(take)
    assert Enrolment.objects.filter(offering=offering).count() == 1
    assert refused == ["offering-full"] * (PAGES - 1)


def test_four_clicks_of_one_person_on_the_last_place_are_one_enrolment_and_no_refusal(now) -> None:
    offering, person = OfferingFactory(seats=1), PersonFactory()
    at_once(lambda n: enrol_oneself(person=person, course=offering.course, offering=offering, actor="test", now=now))
    assert Enrolment.objects.filter(offering=offering).count() == 1
