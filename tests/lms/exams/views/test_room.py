from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.exams.models import Attempt, Result
from lms.exams.selectors.folding import stored
from lms.exams.services.rehearsal import model_answers
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.exams import answer_rightly, make_attempt

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def attempt(clock) -> Attempt:
    return make_attempt()


@pytest.fixture
def client(attempt: Attempt) -> Client:
    client = Client()
    client.force_login(attempt.seat.person.user)
    return client


def test_the_room_shows_one_question_and_holds_all(client: Client, attempt: Attempt) -> None:
    page = client.get(f"/en/exam/{attempt.uid}/?q=3").content.decode()
    assert page.count("<article") == 12
    assert page.count(" hidden aria-labelledby") == 11
    assert "Question 3 of 12" in page
    assert "12:30" in page


@pytest.mark.parametrize("asked", ["0", "13", "-1", "three", "²", "9" * 400])
def test_an_odd_question_number_is_the_first_open_one(asked: str, client: Client, attempt: Attempt) -> None:
    answer_rightly(attempt, slots=1)
    page = client.get(f"/en/exam/{attempt.uid}/?q={asked}").content.decode()
    assert "Question 2 of 12" in page


def test_a_plain_form_saves_and_turns_the_page(client: Client, attempt: Attempt) -> None:
    option = attempt.seat.paper.items[0]["options"][1]
    form = {"client_seq": 1, "slot": 1, "answer-1": option, "flag-1": "on", "answer-2": "ignored", "go": "5"}
    response = client.post(f"/exam/{attempt.uid}/", form)
    assert response["Location"] == f"/exam/{attempt.uid}/?q=5"
    assert [(slot, state.answer, state.flagged) for slot, state in stored(attempt).items()] == [(1, option, True)]


def test_a_stale_form_is_told_and_gets_back_what_it_held(client: Client, attempt: Attempt) -> None:
    first, second = attempt.seat.paper.items[0]["options"][:2]
    client.post(f"/exam/{attempt.uid}/", {"client_seq": 1, "slot": 1, "answer-1": first, "go": "2"})
    response = client.post(f"/en/exam/{attempt.uid}/", {"client_seq": 1, "slot": 1, "answer-1": second, "go": "2"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "This exam went on in another window." in page
    assert f'value="{second}" data-answer checked' in page
    assert 'name="client_seq" value="2"' in page
    assert stored(attempt)[1].answer == first


def test_a_word_for_a_number_is_refused_and_kept_in_the_field(client: Client, attempt: Attempt) -> None:
    response = client.post(f"/exam/{attempt.uid}/", {"client_seq": 1, "slot": 12, "answer-12": "十五", "go": "11"})
    assert response.status_code == 400
    assert 'value="十五"' in response.content.decode()
    assert stored(attempt) == {}


@pytest.mark.parametrize("form", [{}, {"client_seq": "x", "slot": 1}, {"client_seq": 1, "slot": 99}])
def test_a_mangled_form_writes_nothing(form: dict[str, object], client: Client, attempt: Attempt) -> None:
    assert client.post(f"/exam/{attempt.uid}/", form).status_code == 400
    assert attempt.steps.count() == 0


def test_whoever_comes_back_too_late_finds_the_paper_handed_in(client: Client, attempt: Attempt, clock) -> None:
    answer_rightly(attempt, slots=3)
    clock.advance(timedelta(minutes=31, seconds=1))
    assert client.get(f"/exam/{attempt.uid}/")["Location"] == f"/exam/{attempt.uid}/result/"
    page = client.get(f"/en/exam/{attempt.uid}/result/").content.decode()
    assert "by the clock: time was up" in page
    assert Result.objects.get().points == 3


def test_the_check_page_lists_open_and_flagged_numbers(client: Client, attempt: Attempt) -> None:
    answer_rightly(attempt, slots=10)
    client.post(f"/exam/{attempt.uid}/", {"client_seq": 11, "slot": 12, "flag-12": "on"})
    page = client.get(f"/en/exam/{attempt.uid}/submit/").content.decode()
    assert "2 questions are still open" in page
    assert page.count("?q=11") == 1
    assert page.count("?q=12") == 2
    assert Attempt.objects.get().is_open


def test_handing_in_twice_shows_one_receipt(client: Client, attempt: Attempt) -> None:
    answer_rightly(attempt)
    for _ in range(2):
        assert client.post(f"/exam/{attempt.uid}/submit/")["Location"] == f"/exam/{attempt.uid}/result/"
    attempt.refresh_from_db()
    page = client.get(f"/en/exam/{attempt.uid}/result/").content.decode()
    for words in (attempt.receipt, "100.00 %", "Passed", "Invigilated on site", "2026-11-22 12:00:00, Beijing time"):
        assert words in page
    assert Result.objects.count() == 1


def test_staff_read_the_result_and_never_the_paper(client: Client, attempt: Attempt) -> None:
    trainer = RoleGrantFactory(organisation=attempt.seat.organisation, role="trainer").user
    staff = Client()
    staff.force_login(trainer)
    assert "This exam is under way" in staff.get(f"/en/exam/{attempt.uid}/result/").content.decode()
    client.post(f"/exam/{attempt.uid}/submit/")
    assert "0.00 %" in staff.get(f"/en/exam/{attempt.uid}/result/").content.decode()
    assert [staff.get(f"/exam/{attempt.uid}/{end}").status_code for end in ("", "submit/")] == [404, 404]


def test_the_room_costs_the_same_however_much_was_answered(
    client: Client, attempt: Attempt, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for answered in (0, 12):
        answer_rightly(attempt, slots=answered)
        cache.clear()
        with django_assert_num_queries(ROOM_QUERIES):
            page = client.get(f"/exam/{attempt.uid}/").content.decode()
        assert f"已答 {answered}" in page
    assert len(model_answers(attempt=attempt)) == 12


# 2 for the sign-in; then the attempt with seat, exam and paper, the questions, the answers, the newest step
ROOM_QUERIES = 6
