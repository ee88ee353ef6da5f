from datetime import datetime
from typing import Any
from uuid import uuid4

import factory
from wagtail.models import Site

from courses.models import Course, CourseIndexPage, CoursePage, Enrolment, Lesson, Thread
from courses.services.discussing import ask
from courses.services.enrolling import enrol
from courses.services.publishing import freeze_version

from .accounts import BEGINNING, PersonFactory
from .cohorts import OrganisationFactory

TEXT = [{"type": "section", "value": "一、开头"}, {"type": "text", "value": "<p>先问，再写。</p>"}]


class CourseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Course

    code = factory.Sequence(lambda n: f"course-{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    level = "junior"


class LessonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lesson

    course = factory.SubFactory(CourseFactory)
    item_uid = factory.Sequence(lambda n: f"item-{n}")
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"第 {n} 课")
    title_en = factory.Sequence(lambda n: f"Lesson number {n}")
    module = "public-knowledge"
    minutes = 2
    body = TEXT


def index_page() -> CourseIndexPage:
    """The page at /courses/, made once."""
    home = Site.objects.get(is_default_site=True).root_page
    index = CourseIndexPage.objects.first()
    return index or home.add_child(
        instance=CourseIndexPage(
            title="课程", title_en="Courses", slug="courses", introduction="都在这里。", introduction_en="All here."
        )
    )


def course_page(course: Course | None = None) -> CoursePage:
    """A live page of the course that has not been published by an editor, so that no version is frozen."""
    course = course or CourseFactory()
    return index_page().add_child(
        instance=CoursePage(
            course=course,
            slug=course.code,
            title=f"课程 {course.code}",
            title_en=f"Course {course.code}",
            summary="两课。",
            summary_en="Two lessons.",
        )
    )


def published_course(lessons: int = 2, minutes: int = 2, **fields: Any) -> Course:
    """A course with its page, lessons in two modules, and a frozen version."""
    course = CourseFactory(**fields)
    for n in range(lessons):
        LessonFactory(
            course=course,
            position=n + 1,
            item_uid=f"item-{n + 1}",
            minutes=minutes,
            module=["public-knowledge", "practical-skills"][n % 2],
        )
    freeze_version(page=course_page(course), now=BEGINNING)
    course.refresh_from_db()
    return course


def enrolment_of(person: Any = None, course: Course | None = None) -> Enrolment:
    """A person studying a published course."""
    course = course or published_course()
    return enrol(
        person=person or PersonFactory(),
        course=course,
        organisation=course.organisation,
        actor="test",
        now=BEGINNING,
    )


def asked(enrolment: Enrolment, now: datetime = BEGINNING, title: str = "中试算第几级？") -> Thread:
    """A question about the first lesson by whoever is enrolled."""
    return ask(
        enrolment=enrolment, item_uid="item-1", person=enrolment.person, uid=uuid4(), title=title, text="", now=now
    )
