from datetime import timedelta

import pytest
from django.test import Client

from lms.exams.models import Exam, FocusNote
from lms.exams.services.attempts import submit
from lms.exams.services.seats import withdraw_seat
from lms.exams.services.steps import save_step
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.exams import ExamFactory, answer_rightly, make_attempt, make_seat

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def exam() -> Exam:
    return ExamFactory()


def board(exam: Exam) -> str:
    client = Client()
    client.force_login(RoleGrantFactory(organisation=exam.organisation, user=PersonFactory().user).user)
    return client.get(f"/en/desk/exams/{exam.code}/live/").content.decode()


def row_of(page: str, name: str) -> str:
    return next(row for row in page.split("<tr>") if name in row)


def test_the_board_says_how_far_each_is(exam: Exam, clock) -> None:
    attempt = make_attempt(make_seat(exam, PersonFactory(real_name="贺淑敏"), room="101", desk="A1"))
    answer_rightly(attempt, slots=5, now=NOON + timedelta(minutes=2, seconds=7))
    for number in (1, 2):
        FocusNote.objects.create(attempt=attempt, client_seq=90 + number, kind="focus-lost", at=NOON)
    FocusNote.objects.create(attempt=attempt, client_seq=99, kind="resume", at=NOON)
    clock.advance(timedelta(minutes=10))
    row = row_of(board(exam), "贺淑敏")
    for words in ("101 A1", "Under way", "5 / 12", "20:02:07" if NOON.hour == 12 else ":02:07"):
        assert words in row
    assert '<td class="n" data-l="Window left"><span>2</span>' in row
    assert '<td class="n" data-l="Minutes left"><span>20</span>' in row


def test_an_answer_taken_back_is_no_answer(exam: Exam, clock) -> None:
    attempt = make_attempt(make_seat(exam, PersonFactory(real_name="贺淑敏")))
    answer_rightly(attempt, slots=2)
    save_step(attempt=attempt, client_seq=9, kind="save", slot=1, answer=None, now=NOON, actor="user:1")
    assert "1 / 12" in row_of(board(exam), "贺淑敏")


def test_the_board_counts_the_room_and_leaves_withdrawn_seats_out(exam: Exam, clock) -> None:
    make_seat(exam)
    withdraw_seat(seat=make_seat(exam, PersonFactory(real_name="已撤回")), reason="改期", actor="user:1", now=NOON)
    make_attempt(make_seat(exam))
    submit(attempt=make_attempt(make_seat(exam)), now=NOON)
    page = board(exam)
    figures = [part.split("</dd>")[0] for part in page.split("<dd>")[1:5]]
    assert figures == ["3", "1", "1", "1"]
    assert "已撤回" not in page


def test_a_left_window_is_said_to_prove_nothing(exam: Exam, clock) -> None:
    assert "it proves nothing, and nothing follows from it by itself" in board(exam)


@pytest.mark.parametrize(("after", "asks"), [(0, True), (24, False)])
def test_the_board_asks_again_only_while_the_room_is_open(exam: Exam, clock, after: int, asks: bool) -> None:
    make_seat(exam)
    clock.advance(timedelta(hours=after))
    assert ('data-refresh="10"' in board(exam)) == asks
