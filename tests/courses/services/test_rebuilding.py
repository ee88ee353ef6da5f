from datetime import timedelta

import pytest

from courses.enums import ItemState
from courses.models import EnrolmentProgress, ItemProgress, StudyDay
from courses.services.rebuilding import check_progress, rebuild_progress
from tests.courses.study import answer, claim, lease_for, lease_until_asked, study_item
from tests.factories.courses import enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def studied(now):
    enrolment = enrolment_of()
    later = study_item(enrolment, "item-1", 120, now)
    claim(lease_for(enrolment, later, "item-2"), 0, 0, 10, later.replace(minute=later.minute + 1))
    return enrolment


def _stored() -> tuple[list, list]:
    items = list(ItemProgress.objects.order_by("item_uid").values("item_uid", "covered", "covered_s", "state"))
    return items, list(EnrolmentProgress.objects.values("done", "total", "covered_s", "declared_s", "percent"))


def test_what_studying_stored_is_what_the_intervals_say(studied) -> None:
    assert check_progress() == []
    assert _stored()[1] == [{"done": 1, "total": 2, "covered_s": 130, "declared_s": 240, "percent": 54}]


def test_a_course_that_nobody_began_differs_in_nothing() -> None:
    enrolment_of()
    assert check_progress() == []


def test_lost_and_wrong_counters_are_told_and_put_right(studied) -> None:
    before = _stored()
    ItemProgress.objects.filter(item_uid="item-1").delete()
    ItemProgress.objects.filter(item_uid="item-2").update(covered=[[0, 99]], covered_s=99)
    EnrolmentProgress.objects.update(done=0, percent=99)
    told = {(difference.item_uid, difference.field) for difference in check_progress()}
    assert told == {
        ("item-1", "covered"),
        ("item-1", "covered_s"),
        ("item-1", "state"),
        ("item-1", "waiting"),
        ("item-1", "waiting_s"),
        ("item-2", "covered"),
        ("item-2", "covered_s"),
        ("", "done"),
        ("", "percent"),
    }
    assert len(rebuild_progress()) == len(told)
    assert _stored() == before
    assert ItemProgress.objects.get(item_uid="item-1").state == ItemState.COMPLETE


def test_a_day_with_a_wrong_sum_is_told_and_put_right(studied) -> None:
    StudyDay.objects.update(credited_s=131)
    assert [(found.field, found.stored, found.rebuilt) for found in rebuild_progress()] == [("credited_s", 131, 130)]
    assert check_progress() == []


def test_checking_takes_the_same_queries_with_one_enrolment_and_with_many(studied, django_assert_num_queries) -> None:
    with django_assert_num_queries(9):
        check_progress()
    for _person in range(10):
        enrolment_of(course=studied.course)
    with django_assert_num_queries(9):
        check_progress()


def test_progress_that_no_interval_explains_is_taken_back(now) -> None:
    enrolment = enrolment_of()
    ItemProgress.objects.create(
        enrolment=enrolment, item_uid="item-1", covered=[[0, 5]], covered_s=5, declared_s=120, last_at=now
    )
    rebuild_progress()
    assert _stored()[0] == []


def test_an_answer_given_after_the_clock_was_set_back_settles_what_had_waited(now) -> None:
    enrolment = enrolment_of(course=published_course(minutes=30))
    lease, due = lease_until_asked(enrolment, now)
    claim(lease, 0, 0, 60, due + timedelta(seconds=20))
    answer(lease, due + timedelta(seconds=10))
    assert check_progress() == []
