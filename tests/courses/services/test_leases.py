from datetime import timedelta

import pytest

from courses.enums import EnrolmentState
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
    grant = grant_lease(enrolment=enrolment_of(), item_uid="item-1", now=now)
    lease = grant.lease
    assert (lease.issued_at, lease.expires_at, lease.declared_s) == (now, now + timedelta(seconds=60), 120)
    assert (lease.seq, lease.continues, lease.speed, grant.covered_s) == (1, False, 1, 0)


def test_no_lease_passes_midnight_in_beijing(now) -> None:
    late = now.replace(hour=15, minute=59, second=40)  # 23:59:40 in Beijing
    assert lease_for(enrolment_of(), late).expires_at == late + timedelta(seconds=20)


def test_a_page_that_renews_its_own_lease_goes_on_and_any_other_takes_over(now) -> None:
    enrolment = enrolment_of()
    first = lease_for(enrolment, now)
    second = lease_for(enrolment, now + timedelta(seconds=50), renews=token_of(first))
    third = lease_for(enrolment, now + timedelta(seconds=60), "item-2", renews=token_of(first))
    assert [(lease.seq, lease.continues) for lease in (first, second, third)] == [(1, False), (2, True), (3, False)]


def test_a_persons_leases_are_numbered_over_all_courses_and_nobody_elses_count(now) -> None:
    person = PersonFactory()
    lease_for(enrolment_of(), now)
    assert [lease_for(enrolment_of(person), now).seq for _course in range(2)] == [1, 2]


def test_a_clock_that_is_set_back_grants_no_minute_twice(now) -> None:
    enrolment = enrolment_of()
    lease_for(enrolment, now)
    assert lease_for(enrolment, now - timedelta(minutes=30)).issued_at == now


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


def test_granting_takes_one_read_and_one_write_with_one_enrolment_and_with_many(now, django_assert_num_queries) -> None:
    person = PersonFactory()
    enrolment = enrolment_of(person)
    with django_assert_num_queries(2):
        lease_for(enrolment, now)
    for _ in range(10):
        lease_for(enrolment_of(person), now)
    with django_assert_num_queries(2):
        lease_for(enrolment, now)
    assert StudyLease.objects.filter(enrolment=enrolment).count() == 2
