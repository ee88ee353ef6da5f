from datetime import timedelta

import pytest

from courses.enums import EnrolmentState, LeaseEnd
from courses.models import StudyLease
from courses.services.enrolling import move
from courses.services.leases import (
    EnrolmentOver,
    ItemAlreadyComplete,
    ItemUnknown,
    grant_lease,
    token_of,
)
from tests.courses.study import lease_for, study_item
from tests.factories.accounts import PersonFactory
from tests.factories.courses import enrolment_of

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_a_lease_runs_for_sixty_seconds_from_its_grant(now) -> None:
    lease, progress = grant_lease(enrolment=enrolment_of(), item_uid="item-1", now=now)
    assert (lease.issued_at, lease.expires_at, lease.declared_s) == (now, now + timedelta(seconds=60), 120)
    assert progress is None


def test_a_second_page_takes_over_and_the_first_lease_says_so(now) -> None:
    enrolment = enrolment_of()
    first = lease_for(enrolment, now)
    second = lease_for(enrolment, now + timedelta(seconds=10), "item-2")
    first.refresh_from_db()
    assert (first.ended_by, first.closed_at) == (LeaseEnd.TAKEN_OVER, now + timedelta(seconds=10))
    assert list(StudyLease.objects.filter(closed_at__isnull=True)) == [second]


def test_a_page_that_renews_its_own_lease_takes_nothing_over(now) -> None:
    enrolment = enrolment_of()
    first = lease_for(enrolment, now)
    lease_for(enrolment, now + timedelta(seconds=50), renews=token_of(first))
    first.refresh_from_db()
    assert first.ended_by == LeaseEnd.RENEWED


def test_a_lease_that_has_run_out_is_not_taken_over(now) -> None:
    enrolment = enrolment_of()
    first = lease_for(enrolment, now)
    lease_for(enrolment, now + timedelta(seconds=61))
    first.refresh_from_db()
    assert first.ended_by == LeaseEnd.EXPIRED


def test_a_person_has_one_open_lease_over_all_courses(now) -> None:
    person = PersonFactory()
    lease_for(enrolment_of(person), now)
    lease_for(enrolment_of(person), now)
    assert StudyLease.objects.filter(person=person, closed_at__isnull=True).count() == 1


def test_another_persons_lease_is_left_alone(now) -> None:
    mine, theirs = enrolment_of(), enrolment_of()
    lease_for(theirs, now)
    lease_for(mine, now)
    assert StudyLease.objects.filter(closed_at__isnull=True).count() == 2


def test_an_item_of_another_version_is_unknown(now) -> None:
    with pytest.raises(ItemUnknown):
        grant_lease(enrolment=enrolment_of(), item_uid="item-9", now=now)


def test_who_has_left_the_course_gets_no_lease(now) -> None:
    enrolment = enrolment_of()
    move(enrolment=enrolment, to=EnrolmentState.WITHDRAWN, actor="test", reason="moved away", now=now)
    with pytest.raises(EnrolmentOver):
        grant_lease(enrolment=enrolment, item_uid="item-1", now=now)


def test_a_complete_item_needs_no_lease(now) -> None:
    enrolment = enrolment_of()
    later = study_item(enrolment, "item-1", 120, now)
    with pytest.raises(ItemAlreadyComplete):
        grant_lease(enrolment=enrolment, item_uid="item-1", now=later)


def test_granting_takes_the_same_few_queries_with_one_enrolment_and_with_many(now, django_assert_num_queries) -> None:
    person = PersonFactory()
    enrolment = enrolment_of(person)
    with django_assert_num_queries(6):  # savepoint, lock, item, open leases, insert, release
        lease_for(enrolment, now)
    for _ in range(10):
        enrolment_of(person)
    with django_assert_num_queries(7):  # and one lease to close
        lease_for(enrolment, now)
