import io
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import factory
import pikepdf
from wagtail.models import Site

from courses.enums import DocumentKind, OfferingState
from courses.models import Application, Course, CourseIndexPage, CoursePage, Enrolment, Lesson, Offering, Thread
from courses.services.applying import apply
from courses.services.discussing import ask
from courses.services.enrolling import enrol
from courses.services.publishing import freeze_version
from lms.records.services.papers import Paper, read_paper

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


def filmed_enrolment(person: Any = None, **course: Any) -> Enrolment:
    """A person studying a version whose one lesson is a video with English captions."""
    enrolment = enrolment_of(person, published_course(lessons=1, **course))
    version = enrolment.course_version
    captions = {"en": "WEBVTT\n\n00:01.000 --> 00:02.000\nAsk first.\n"}
    video = {
        "type": "video",
        "number": 1,
        "of": 1,
        "title": "访谈怎样开头",
        "src": "/documents/1/film.mp4",
        "kind": "video/mp4",
        "size": 1024,
        "duration_s": 95,
        "poster": None,
        "captions": captions,
        "transcript": "<p>先问，再写。</p>",
    }
    enrolment.course_version = version.course.versions.create(
        no=2,
        title=version.title,
        outline=version.outline,
        body={"schema": 2, "items": {"item-1": [video]}, "items_en": {}},
        content_hash="9" * 64,
        frozen_at=BEGINNING,
    )
    enrolment.save()
    return enrolment


class OfferingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Offering

    course = factory.LazyFunction(published_course)
    organisation = factory.LazyAttribute(lambda made: made.course.organisation)
    code = factory.Sequence(lambda n: f"OFF-{n}")
    title = factory.Sequence(lambda n: f"第 {n} 期")
    title_en = factory.Sequence(lambda n: f"Run {n}")
    starts_on = date(2026, 11, 28)
    ends_on = date(2026, 12, 28)
    state = OfferingState.OPEN
    created_at = BEGINNING


def paper(name: str = "degree.pdf") -> Paper:
    """A document of one empty page."""
    kept = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(kept)
    return read_paper(name=name, content=kept.getvalue())


def application_of(person: Any = None, offering: Offering | None = None, now: Any = BEGINNING) -> Application:
    """A person's application with one degree certificate."""
    return apply(
        person=person or PersonFactory(),
        offering=offering or OfferingFactory(documents=["degree"]),
        statement={"degree": "工学硕士"},
        papers=[(DocumentKind.DEGREE, paper())],
        actor="test",
        now=now,
    )
