"""The margin of a lesson: one's own notes, the bookmark, and how many questions were asked about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courses.enums import PostState
from courses.models import LessonNote, ReadingPlace, Thread

if TYPE_CHECKING:
    from courses.models.enrolment import EnrolmentQuerySet


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands beside a lesson; `written_at` is None while nothing has been noted."""

    note: str
    revision: int
    written_at: datetime | None
    place: int
    questions: int


def with_margin(enrolments: "EnrolmentQuerySet", item_uid: str, user: Any) -> "EnrolmentQuerySet":
    """The enrolments with what `margin_of` reads, in their one query; notes and bookmark for their owner alone."""
    own = {"enrolment": OuterRef("pk"), "item_uid": item_uid, "enrolment__person__user_id": user.pk}
    notes, places = LessonNote.objects.filter(**own), ReadingPlace.objects.filter(**own)
    return enrolments.annotate(
        note_text=Subquery(notes.values("text")[:1]),
        note_revision=Subquery(notes.values("revision")[:1]),
        note_written_at=Subquery(notes.values("written_at")[:1]),
        bookmark=Subquery(places.values("place")[:1]),
        questions=Coalesce(Subquery(_asked(item_uid), output_field=IntegerField()), 0),
    )


def _asked(item_uid: str) -> QuerySet[Thread, Any]:
    """The number of published questions about the lesson at the enrolment's base."""
    threads = Thread.objects.filter(
        course=OuterRef("course"),
        organisation=OuterRef("organisation"),
        item_uid=item_uid,
        state=PostState.PUBLISHED,
    )
    return threads.order_by().values("item_uid").annotate(number=Count("pk")).values("number")


def margin_of(enrolment: Any) -> Margin:
    """The margin of an enrolment that comes from `with_margin`. Asks nothing."""
    return Margin(
        note=enrolment.note_text or "",
        revision=enrolment.note_revision or 0,
        written_at=enrolment.note_written_at,
        place=enrolment.bookmark or 0,
        questions=enrolment.questions,
    )


def note_of(enrolment: Any, item_uid: str) -> LessonNote | None:
    """The sheet of notes of one lesson."""
    return LessonNote.objects.filter(enrolment=enrolment, item_uid=item_uid).first()
