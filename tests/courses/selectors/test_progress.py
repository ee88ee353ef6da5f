from datetime import timedelta

import pytest
from django.utils import translation

from courses.models import Enrolment
from courses.selectors.lessons import LessonView, lesson_view
from courses.selectors.margins import with_margin
from courses.selectors.progress import (
    enrolments_of,
    item_standings,
    live_enrolment,
    next_item,
    title_of,
)
from courses.services.enrolling import withdraw
from tests.courses.study import claim, lease_for, study_item
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.courses import enrolment_of, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def fresh(enrolment):
    return enrolments_of(enrolment.person).get(pk=enrolment.pk)


def test_the_first_item_comes_first_then_the_one_read_last(now) -> None:
    enrolment = enrolment_of()
    assert next_item(enrolment).uid == "item-1"
    claim(lease_for(enrolment, now, "item-2"), 0, 0, 5, now + timedelta(seconds=5))
    assert next_item(fresh(enrolment)).uid == "item-2"


def test_a_complete_item_is_left_for_the_next_and_then_there_is_none(now) -> None:
    enrolment = enrolment_of()
    later = study_item(enrolment, "item-1", 120, now)
    assert next_item(fresh(enrolment)).uid == "item-2"
    study_item(enrolment, "item-2", 120, later)
    assert next_item(fresh(enrolment)) is None


def test_each_item_says_why_it_is_not_complete(now) -> None:
    enrolment = enrolment_of()
    claim(lease_for(enrolment, now), 0, 0, 50, now + timedelta(seconds=50))
    with translation.override("zh-hans"):
        assert [standing.why for standing in item_standings(enrolment)] == [
            "尚未完成：标定 2 分钟，还差 1 分 10 秒专心阅读。",
            "尚未完成：标定 2 分钟，还差 2 分 0 秒专心阅读。",
        ]
    study_item(enrolment, "item-2", 120, now + timedelta(hours=1))
    with translation.override("en"):
        assert item_standings(enrolment)[1].why == "Complete: all 2 declared minutes have been counted."


def test_titles_follow_the_language_and_the_version() -> None:
    enrolment = enrolment_of(course=published_course(code="deals"))
    with translation.override("en"):
        assert title_of(enrolment) == "Course deals"
        assert next_item(enrolment).title.startswith("Lesson number")
    with translation.override("zh-hans"):
        assert title_of(enrolment) == "课程 deals"


def test_a_person_sees_their_live_enrolments_the_last_studied_first(now) -> None:
    person = PersonFactory()
    quiet, busy, gone = (enrolment_of(person) for _ in range(3))
    enrolment_of()
    claim(lease_for(busy, now), 0, 0, 5, now + timedelta(seconds=5))
    withdraw(enrolment=gone, actor="test", reason="", now=now)
    assert list(enrolments_of(person)) == [busy, quiet]


def test_the_list_takes_one_query_with_one_enrolment_and_with_many(django_assert_num_queries) -> None:
    person = PersonFactory()
    for count in (1, 10):
        while enrolments_of(person).count() < count:
            enrolment_of(person)
        with django_assert_num_queries(1):
            rows = [
                (row.course.code, title_of(row), row.progress.percent, row.organisation.name)
                for row in enrolments_of(person)
            ]
        assert len(rows) == count


def test_only_ones_own_enrolment_is_ones_own() -> None:
    enrolment = enrolment_of()
    assert live_enrolment(enrolment.person.user, enrolment.course) == enrolment
    assert live_enrolment(UserFactory(), enrolment.course) is None


def test_a_lesson_knows_its_neighbours_and_its_chapter() -> None:
    enrolment = enrolment_of(course=published_course(lessons=3))

    def page(item_uid: str) -> LessonView | None:
        own = with_margin(Enrolment.objects.with_outline(), item_uid, enrolment.person.user)
        return lesson_view(own.get(pk=enrolment.pk), item_uid)

    view = page("item-2")
    assert [view.previous.item.uid, view.current.item.uid, view.following.item.uid] == ["item-1", "item-2", "item-3"]
    assert [[each.item.number for each in chapter.standings] for chapter in view.chapters] == [[1, 3], [2]]
    assert (view.left_minutes, view.margin.note, [each["title"] for each in view.sections]) == (6, "", ["一、开头"])
    assert page("item-1").previous is None
    assert page("item-3").following is None
    assert page("item-4") is None
