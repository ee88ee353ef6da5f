"""Bringing a course in from data files, as an editor would: lessons, page, publish."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from courses.enums import ItemKind
from courses.models import Course, CourseIndexPage, CoursePage, CourseVersion, Lesson
from lms.kernel.clock import held_at
from lms.kernel.data_files import parse_yaml
from lms.kernel.refusals import Conflict, Refusal
from lms.schemes.validators import parse_tree

from .freezing import frozen_blocks
from .publishing import freeze_version

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation

DATA = Path(__file__).parent.parent / "data"
PAGE_FIELDS = ("title", "title_en", "summary", "summary_en", "audience", "audience_en")
LESSON_FIELDS = ("title", "title_en", "module", "minutes", "topic", "kind", "facts")
WITHOUT_WORD = {"topic": "", "kind": ItemKind.READING, "facts": []}
ENGLISH = ".en.yaml"


class CourseFileUnreadable(Refusal):
    """The folder lacks a file, or a file is no YAML."""

    code = "course-file-unreadable"
    message = _("The course file %(name)s cannot be read.")


class CourseOfAnotherBase(Conflict):
    """A course code belongs to the organisation that used it first."""

    code = "course-of-another-base"
    message = _("The course %(code)s belongs to another organisation.")


@transaction.atomic
def load_course(path: Path | str, organisation: "Organisation", now: datetime) -> CourseVersion:
    """Create or update the course in the folder `path`, or of that name in courses/data, and publish what changed.

    Loading the same files again changes nothing and answers the same version.
    """
    folder = DATA / path if isinstance(path, str) and (DATA / path).is_dir() else Path(path)
    data = _read(folder / "course.yaml")
    course = _course(data, organisation)
    lessons = [_read_lesson(folder / name) for name in data["lessons"]]
    changed = [_lesson(course, position, lesson) for position, lesson in enumerate(lessons, start=1)]
    changed.append(_withdraw_others(course, lessons))
    with held_at(now):  # publishing tells the receivers, and they ask the clock by the door
        page = _page(course, data, publish=any(changed))
    return freeze_version(page=page, now=now)


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(parse_yaml(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, ValueError) as fault:
        raise CourseFileUnreadable(name=path.name) from fault


def _read_lesson(path: Path) -> dict[str, Any]:
    """A lesson and, where its English twin lies beside it, the blocks of that as `blocks_en`."""
    twin = path.with_name(path.name.replace(".yaml", ENGLISH))
    lesson = {**WITHOUT_WORD, **_read(path), "blocks_en": []}
    if twin.exists():
        english = _read(twin)
        lesson |= {"title_en": english["title"], "blocks_en": english["blocks"]}
    return lesson


def _course(data: dict[str, Any], organisation: "Organisation") -> Course:
    course, _created = Course.objects.get_or_create(
        code=data["code"], defaults={"organisation": organisation, "level": data["level"]}
    )
    if course.organisation_id != organisation.pk:
        raise CourseOfAnotherBase(code=course.code)
    rules = data.get("prerequisites", {})
    if course.prerequisites != rules:
        if rules:
            parse_tree(rules)
        course.prerequisites = rules
        course.save(update_fields=["prerequisites"])
    return course


def _lesson(course: Course, position: int, data: dict[str, Any]) -> bool:
    """Publish the lesson; False when it stands as it is in the file."""
    lesson = Lesson.objects.filter(course=course, item_uid=data["item_uid"]).first()
    lesson = lesson or Lesson(course=course, item_uid=data["item_uid"], live=False)
    before = _words(lesson) if lesson.pk else None
    lesson.position = position
    lesson.body, lesson.body_en = _raw(data["blocks"]), _raw(data["blocks_en"])
    for field in LESSON_FIELDS:
        setattr(lesson, field, data[field])
    if lesson.live and before == _words(lesson):
        return False
    lesson.full_clean()
    lesson.save()
    lesson.save_revision().publish()
    return True


def _raw(blocks: list[dict[str, Any]]) -> str:
    return json.dumps([{"type": kind, "value": value} for block in blocks for kind, value in block.items()])


def _words(lesson: Lesson) -> dict[str, Any]:
    fields = {field: getattr(lesson, field) for field in (*LESSON_FIELDS, "position")}
    return {**fields, "blocks": frozen_blocks(lesson.body), "blocks_en": frozen_blocks(lesson.body_en)}


def _withdraw_others(course: Course, lessons: list[dict[str, Any]]) -> bool:
    """Take lessons that the files no longer have out of the next version."""
    kept = [lesson["item_uid"] for lesson in lessons]
    gone = list(Lesson.objects.filter(course=course, live=True).exclude(item_uid__in=kept))
    for lesson in gone:
        lesson.unpublish()
    return bool(gone)


def _page(course: Course, data: dict[str, Any], *, publish: bool) -> CoursePage:
    index = catalogue_page()
    page = CoursePage.objects.filter(course=course).first() or CoursePage(course=course, slug=course.code, live=False)
    words = {field: data[field].strip() for field in PAGE_FIELDS}
    if page.live and not publish and words == {field: getattr(page, field) for field in PAGE_FIELDS}:
        return page
    for field, value in words.items():
        setattr(page, field, value)
    if page.pk is None:
        index.add_child(instance=page)
    page.save_revision().publish()
    return page


def catalogue_page() -> CourseIndexPage:
    """The page at /courses/, under whatever the site's home page now is."""
    home = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    index = CourseIndexPage.objects.first()
    if index is None:
        index = CourseIndexPage(title="课程", title_en="Courses", slug="courses")
        home.add_child(instance=index)
    elif not index.is_child_of(home):
        index.move(home, pos="last-child")
        index.refresh_from_db()
    return index
