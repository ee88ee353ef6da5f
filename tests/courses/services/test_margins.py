from datetime import timedelta

import pytest

from courses.models import LessonNote, ReadingPlace
from courses.services.margins import NoSuchLesson, NoteChangedElsewhere, keep_place, write_note
from tests.factories.courses import enrolment_of

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def test_a_second_tab_overwrites_nothing_it_has_not_seen(now) -> None:
    enrolment = enrolment_of()
    first = write_note(enrolment=enrolment, item_uid="item-1", text="一", seen=0, now=now)
    second = write_note(enrolment=enrolment, item_uid="item-1", text="一二", seen=first.revision, now=now)
    with pytest.raises(NoteChangedElsewhere) as refused:
        write_note(enrolment=enrolment, item_uid="item-1", text="别的", seen=first.revision, now=now)
    assert (refused.value.standing.text, refused.value.standing.revision) == ("一二", second.revision)
    assert LessonNote.objects.get().text == "一二"


def test_a_note_sent_again_after_a_lost_answer_is_the_note_that_stands(now) -> None:
    enrolment = enrolment_of()
    written = write_note(enrolment=enrolment, item_uid="item-1", text="一\r\n二", seen=0, now=now)
    later = now + timedelta(minutes=1)
    again = write_note(enrolment=enrolment, item_uid="item-1", text="一\n二", seen=0, now=later)
    assert (again.revision, again.written_at) == (written.revision, now)


def test_a_bookmark_moves_and_stays_one(now) -> None:
    enrolment = enrolment_of()
    for place in (100, 730, 40):
        keep_place(enrolment=enrolment, item_uid="item-2", place=place, now=now)
    assert [row.place for row in ReadingPlace.objects.all()] == [40]


def test_a_lesson_of_another_version_has_no_margin(now) -> None:
    enrolment = enrolment_of()
    with pytest.raises(NoSuchLesson):
        write_note(enrolment=enrolment, item_uid="item-9", text="一", seen=0, now=now)
    with pytest.raises(NoSuchLesson):
        keep_place(enrolment=enrolment, item_uid="item-9", place=1, now=now)
