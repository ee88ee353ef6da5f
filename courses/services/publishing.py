"""Releasing a course: what is published becomes a version that nobody edits any more."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from cms.foundation.services.public_texts import write_public_texts
from courses.models import Course, CoursePage, CourseVersion, Lesson
from lms.kernel.refusals import Conflict

from .freezing import SCHEMA, frozen_blocks, recorded_s


class NothingToFreeze(Conflict):
    """A version without lessons would be a course of no minutes."""

    code = "nothing-to-freeze"
    message = _("This course has no published lesson, so it cannot be published. Publish a lesson first.")


@transaction.atomic
def freeze_version(*, page: CoursePage, now: datetime) -> CourseVersion:
    """Make the published lessons the version that the next person reads; the same content is the same version.

    Going back to an earlier content makes the earlier version current again. Enrolments keep their version.
    """
    course = Course.objects.select_for_update().get(pk=page.course_id)
    lessons = list(Lesson.objects.filter(course=course, live=True))
    if not lessons:
        raise NothingToFreeze
    content = _content(page, lessons)
    content_hash = _hash(content)
    version = course.versions.filter(content_hash=content_hash).first()
    if version is None:
        last = course.versions.aggregate(no=Max("no"))["no"] or 0
        version = course.versions.create(no=last + 1, content_hash=content_hash, frozen_at=now, **content)
    if course.current_version_id != version.pk:
        course.current_version = version
        course.save(update_fields=["current_version"])
    write_public_texts(page=page)
    return version


def _content(page: CoursePage, lessons: list[Lesson]) -> dict[str, Any]:
    bodies = {lesson.item_uid: frozen_blocks(lesson.body) for lesson in lessons}
    english = {lesson.item_uid: frozen_blocks(lesson.body_en) for lesson in lessons if lesson.body_en}
    items = [_outline_item(lesson, bodies[lesson.item_uid], english.get(lesson.item_uid, [])) for lesson in lessons]
    return {
        "title": page.title,
        "title_en": page.title_en,
        "outline": {"schema": SCHEMA, "items": items},
        "body": {"schema": SCHEMA, "items": bodies, "items_en": english},
    }


def _outline_item(lesson: Lesson, blocks: list[dict[str, Any]], english: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "item_uid": lesson.item_uid,
        "title": lesson.title,
        "title_en": lesson.title_en,
        "kind": lesson.kind,
        "module": lesson.module,
        "topic": lesson.topic,
        "minutes": lesson.minutes,
        "duration_s": recorded_s(blocks),
        "facts": list(lesson.facts),
        "sections": _sections(blocks),
        "sections_en": _sections(english),
    }


def _sections(blocks: list[dict[str, Any]]) -> list[str]:
    return [block["title"] for block in blocks if block["type"] == "section"]


def _hash(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
