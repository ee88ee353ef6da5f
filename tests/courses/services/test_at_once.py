"""Two pages and impatient networks: what happens when everything arrives at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from courses.models import Enrolment, ItemProgress, StudyInterval, StudyLease
from lms.schemes.enums import FactKind
from tests.courses.study import claim, lease_for, study_item
from tests.factories.accounts import PersonFactory
from tests.factories.courses import enrolment_of, published_course

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


def test_four_pages_that_open_at_once_leave_one_open_lease(now) -> None:
    enrolment = enrolment_of()
    at_once(lambda n: lease_for(enrolment, now))
    assert (StudyLease.objects.count(), StudyLease.objects.filter(closed_at__isnull=True).count()) == (PAGES, 1)


def test_four_clicks_enrol_once() -> None:
    person, course = PersonFactory(), published_course()
    at_once(lambda n: enrolment_of(person, course))
    assert Enrolment.objects.count() == 1
