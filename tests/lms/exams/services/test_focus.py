from datetime import datetime, timedelta

import pytest

from lms.exams.models import Attempt, FocusNote
from lms.exams.selectors.focus import focus_of
from lms.exams.selectors.grounds import Desk
from lms.exams.services.attempts import submit
from lms.exams.services.focus import forget_focus, note_focus
from lms.exams.services.steps import AlreadyHandedIn, BadStep, NoSuchAttempt
from tests.factories.exams import make_attempt

pytestmark = [pytest.mark.room, pytest.mark.django_db]

DAY = timedelta(days=1)


def note(attempt: Attempt, kind: str, second: int, now: datetime):
    number = 2 * second + (kind == "resume")
    return note_focus(desk=Desk(attempt.uid), client_seq=number, kind=kind, now=now)


def test_a_note_that_waited_for_a_connection_says_when_it_was(now: datetime) -> None:
    attempt = make_attempt()
    later = now + timedelta(minutes=20)
    note(attempt, "focus-lost", 60, later)
    note(attempt, "resume", 90, later)
    (absence,) = focus_of(attempt)
    assert (absence.since, absence.seconds) == (now + timedelta(seconds=60), 30)


def test_no_note_lies_in_the_future(now: datetime) -> None:
    attempt = make_attempt()
    note(attempt, "focus-lost", 1000, now + timedelta(seconds=30))
    assert FocusNote.objects.get().at == now + timedelta(seconds=30)
    assert [(each.until, each.seconds) for each in focus_of(attempt)] == [(None, None)]


def test_two_windows_left_at_one_moment_are_one_absence(now: datetime) -> None:
    attempt = make_attempt()
    for second in (10, 10, 11):
        note(attempt, "focus-lost", second, now + timedelta(minutes=1))
    note(attempt, "resume", 20, now + timedelta(minutes=1))
    assert [absence.seconds for absence in focus_of(attempt)] == [10]
    assert FocusNote.objects.count() == 3


def test_after_handing_in_nothing_is_noted(now: datetime) -> None:
    attempt = make_attempt()
    submit(attempt=attempt, now=now)
    with pytest.raises(AlreadyHandedIn):
        note(attempt, "focus-lost", 10, now)


def test_only_leaving_and_coming_back_are_noted_and_only_in_an_attempt(now: datetime) -> None:
    attempt = make_attempt()
    with pytest.raises(BadStep):
        note(attempt, "save", 10, now)
    with pytest.raises(BadStep):
        note(attempt, "focus-lost", -1, now)
    with pytest.raises(NoSuchAttempt):
        note_focus(desk=Desk(attempt.uid, user_id=0), client_seq=2, kind="resume", now=now)


@pytest.mark.parametrize(("days", "left"), [(0, 1), (7, 1), (7.01, 0)])
def test_notes_go_when_the_term_of_appeal_is_over(days: float, left: int, now: datetime) -> None:
    attempt = make_attempt()
    note(attempt, "focus-lost", 10, now)
    submit(attempt=attempt, now=now)
    assert forget_focus(now=now + days * DAY) == 1 - left
    assert FocusNote.objects.count() == left


def test_the_term_begins_when_results_are_shown(now: datetime) -> None:
    attempt = make_attempt()
    exam = attempt.seat.exam
    exam.results_at = now + 5 * DAY
    exam.save()
    note(attempt, "focus-lost", 10, now)
    submit(attempt=attempt, now=now)
    assert forget_focus(now=now + 12 * DAY) == 0
    assert forget_focus(now=now + 12.01 * DAY) == 1


def test_an_open_appeal_keeps_them(now: datetime) -> None:
    attempt = make_attempt()
    note(attempt, "focus-lost", 10, now)
    submit(attempt=attempt, now=now)
    appeal = attempt.appeals.create(
        result=attempt.results.get(), grounds="第 3 题", filed_at=now + DAY, decide_by=now + 16 * DAY
    )
    assert forget_focus(now=now + 30 * DAY) == 0
    appeal.state = "withdrawn"
    appeal.save()
    assert forget_focus(now=now + 30 * DAY) == 1


def test_an_attempt_under_way_keeps_them(now: datetime) -> None:
    note(make_attempt(), "focus-lost", 10, now)
    assert forget_focus(now=now + 300 * DAY) == 0
