"""What a reader keeps in the margin of a lesson: notes of their own, and the place at which to go on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.models import Enrolment, LessonNote, ReadingPlace
from courses.selectors.outlines import item_of
from lms.kernel.refusals import Conflict, NotFound

NOTE_LENGTH = 5000


class NoSuchLesson(NotFound):
    """The version of this enrolment has no such item."""

    code = "no-such-lesson"
    message = _("There is no such lesson in this version of the course.")


class NoteChangedElsewhere(Conflict):
    """Another page wrote the note after this one had read it. Nothing was overwritten."""

    code = "note-changed"
    message = _("This note was changed in another page or on another device. Nothing has been overwritten.")

    def __init__(self, standing: LessonNote) -> None:
        super().__init__()
        self.standing = standing


@transaction.atomic
def write_note(*, enrolment: Enrolment, item_uid: str, text: str, seen: int, now: datetime) -> LessonNote:
    """Keep the sheet of notes of this lesson; `seen` is the revision that the writer had before them, 0 for none.

    The same text sent again is answered with the note that stands, so that a lost answer does no harm.
    """
    _check_lesson(enrolment, item_uid)
    words = text.replace("\r\n", "\n")
    note, is_new = LessonNote.objects.get_or_create(
        enrolment=enrolment, item_uid=item_uid, defaults={"text": words, "written_at": now}
    )
    if is_new:
        return note
    note = LessonNote.objects.select_for_update().get(pk=note.pk)
    if note.text == words:
        return note
    if note.revision != seen:
        raise NoteChangedElsewhere(note)
    note.text, note.revision, note.written_at = words, note.revision + 1, now
    note.save(update_fields=["text", "revision", "written_at"])
    return note


@transaction.atomic
def keep_place(*, enrolment: Enrolment, item_uid: str, place: int, now: datetime) -> ReadingPlace:
    """Move the bookmark of this lesson; the last one to speak is right."""
    _check_lesson(enrolment, item_uid)
    return ReadingPlace.objects.update_or_create(
        enrolment=enrolment, item_uid=item_uid, defaults={"place": place, "at": now}
    )[0]


def _check_lesson(enrolment: Enrolment, item_uid: str) -> None:
    if item_of(enrolment.course_version, item_uid) is None:
        raise NoSuchLesson
