import pytest

from courses.models import ItemProgress
from courses.models.progress import EnrolmentProgress
from courses.selectors.continuing import item_to_go_on_with, latest_enrolment
from courses.selectors.progress import next_item
from tests.factories.accounts import PersonFactory
from tests.factories.courses import enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def _complete(enrolment, uid: str, now) -> None:
    ItemProgress.objects.create(
        enrolment=enrolment,
        item_uid=uid,
        covered_s=120,
        declared_s=120,
        state="complete",
        last_at=now,
        completed_at=now,
    )


@pytest.mark.db
@pytest.mark.parametrize(
    ("done", "last", "expected"),
    [
        ((), "", "item-1"),
        (("item-1",), "item-1", "item-2"),
        (("item-1",), "item-3", "item-3"),
        (("item-2",), "", "item-1"),
        (("item-1", "item-2", "item-3"), "item-3", None),
    ],
)
def test_going_on_is_asked_once_and_answered_as_before(done, last, expected, now, django_assert_num_queries) -> None:
    made = enrolment_of(course=published_course(lessons=3))
    for uid in done:
        _complete(made, uid, now)
    EnrolmentProgress.objects.filter(enrolment=made).update(last_item_uid=last)
    with django_assert_num_queries(1):
        enrolment = latest_enrolment(made.person)
        item = item_to_go_on_with(enrolment)
    assert (item.uid if item else None) == expected
    assert item == next_item(enrolment)


@pytest.mark.db
def test_the_course_studied_last_is_the_one_to_go_on_with(now) -> None:
    person = PersonFactory()
    first, second = enrolment_of(person, published_course()), enrolment_of(person)
    EnrolmentProgress.objects.filter(enrolment=first).update(last_at=now)
    assert latest_enrolment(person) == first
    assert latest_enrolment(second.person) == first
    assert latest_enrolment(PersonFactory()) is None
