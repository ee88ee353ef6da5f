import pytest

from courses.models import CourseVersion, Lesson
from courses.services.publishing import NothingToFreeze, freeze_version
from tests.factories.courses import CourseFactory, LessonFactory, course_page, published_course

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_a_version_holds_outline_and_words_and_nothing_of_the_editors_rows(now) -> None:
    course = CourseFactory()
    LessonFactory(course=course, item_uid="one", title="第一课", title_en="One", minutes=25)
    version = freeze_version(page=course_page(course), now=now)
    assert version.outline == {
        "schema": 2,
        "items": [
            {
                "item_uid": "one",
                "title": "第一课",
                "title_en": "One",
                "kind": "reading",
                "module": "public-knowledge",
                "topic": "",
                "minutes": 25,
                "duration_s": 0,
                "facts": [],
                "sections": ["一、开头"],
                "sections_en": [],
            }
        ],
    }
    assert version.body["items"]["one"] == [
        {"type": "section", "number": 1, "of": 1, "title": "一、开头"},
        {"type": "text", "number": 1, "of": 1, "html": "<p>先问，再写。</p>"},
    ]


def test_publishing_without_a_change_makes_no_version(now) -> None:
    course = published_course()
    assert freeze_version(page=course.page, now=now) == course.current_version
    assert CourseVersion.objects.count() == 1


def test_a_change_makes_the_next_version_and_going_back_makes_the_old_one_current(now) -> None:
    course = published_course()
    lesson = course.lessons.first()
    Lesson.objects.filter(pk=lesson.pk).update(title="改过的题目")
    assert freeze_version(page=course.page, now=now).no == 2
    Lesson.objects.filter(pk=lesson.pk).update(title=lesson.title)
    assert freeze_version(page=course.page, now=now).no == 1
    course.refresh_from_db()
    assert (course.current_version.no, CourseVersion.objects.count()) == (1, 2)


def test_drafts_stay_out_of_the_version(now) -> None:
    course = CourseFactory()
    LessonFactory(course=course, item_uid="ready")
    LessonFactory(course=course, item_uid="draft", live=False)
    version = freeze_version(page=course_page(course), now=now)
    assert [item["item_uid"] for item in version.outline["items"]] == ["ready"]


def test_a_course_without_a_lesson_makes_no_version(now) -> None:
    with pytest.raises(NothingToFreeze):
        freeze_version(page=course_page(), now=now)


def test_the_editors_publish_button_freezes(clock) -> None:
    course = CourseFactory()
    LessonFactory(course=course)
    page = course_page(course)
    page.save_revision().publish()
    course.refresh_from_db()
    assert (course.current_version.no, course.current_version.frozen_at) == (1, clock.at)


def test_a_page_published_before_its_lessons_is_a_face_without_a_course(clock) -> None:
    page = course_page()
    page.save_revision().publish()
    page.course.refresh_from_db()
    assert page.course.current_version is None
