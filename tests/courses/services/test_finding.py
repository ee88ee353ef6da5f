"""What of a course is found: its page and the lessons of the version in force, never a draft of theirs."""

import pytest

from cms.foundation.enums import PublicKind
from cms.foundation.models import PublicText
from courses.models import CoursePage, Lesson
from courses.services.publishing import freeze_version
from tests.factories.courses import CourseFactory, LessonFactory, course_page, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db, pytest.mark.db]

BODY = [
    {"type": "section", "value": "一、数据"},
    {"type": "text", "value": "<p>深度学习模型需要大量<b>训练</b>数据。</p>"},
    {
        "type": "check",
        "value": {
            "question": "谁先出价？",
            "options": [{"text": "买方", "right": True}, {"text": "卖方", "right": False}],
            "explanation": "<p>因为锚定。</p>",
        },
    },
]


def found(asked: str) -> list[str]:
    return [row.place for row in PublicText.objects.open().search(asked)]


def test_each_lesson_is_found_with_its_course() -> None:
    course = published_course(lessons=2)
    rows = PublicText.objects.order_by("place")
    assert [(row.kind, row.place) for row in rows.filter(page=course.page)] == [
        (PublicKind.LESSON, ""),
        (PublicKind.LESSON, "#lesson-item-1"),
        (PublicKind.LESSON, "#lesson-item-2"),
    ]
    lesson = rows.get(place="#lesson-item-1")
    assert (lesson.about, lesson.about_en) == (course.page.title, course.page.title_en)
    assert lesson.text == "一、开头 先问，再写。"


def test_words_of_a_lesson_are_found_and_answers_of_its_check_are_not(now) -> None:
    course = CourseFactory()
    LessonFactory(course=course, item_uid="data", body=BODY)
    freeze_version(page=course_page(course), now=now)
    assert found("训练数据") == found("数据") == ["#lesson-data"]
    assert found("出价") == found("锚定") == []


def test_a_lesson_is_found_as_it_was_frozen_and_not_as_it_is_being_edited(now) -> None:
    course = published_course(lessons=1)
    lesson = Lesson.objects.get(course=course)
    lesson.title = "作价入股"
    lesson.save_revision().publish()
    assert found("作价") == []
    freeze_version(page=course.page, now=now)
    assert found("作价") == ["#lesson-item-1"]


def test_lessons_of_an_unpublished_course_are_not_found() -> None:
    course = published_course(lessons=1)
    assert found("先问") == ["#lesson-item-1"]
    CoursePage.objects.get(course=course).unpublish()
    assert found("先问") == []


def test_a_course_without_a_version_is_found_by_its_page() -> None:
    page = course_page()
    assert [row.title for row in PublicText.objects.filter(page=page)] == [page.title]
