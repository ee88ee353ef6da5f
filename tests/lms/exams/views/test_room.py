import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.exams.models import Attempt, Result
from lms.exams.selectors.folding import stored
from lms.exams.selectors.grounds import Desk
from lms.exams.services.bank_file import read_bank
from lms.exams.services.seeing import see
from lms.exams.services.steps import save_step
from tests.conftest import NOON
from tests.factories.cohorts import RoleGrantFactory
from tests.factories.exams import answer_rightly, make_attempt, make_seat
from tests.lms.exams.papers import EVERY_KIND, make_whole_exam, show_a_picture, slot_of, whole_answers

pytestmark = [pytest.mark.face, pytest.mark.django_db]


@pytest.fixture
def attempt(clock) -> Attempt:
    return make_attempt()


def signed_in(attempt: Attempt) -> Client:
    client = Client()
    client.force_login(attempt.seat.person.user)
    return client


@pytest.fixture
def client(attempt: Attempt) -> Client:
    return signed_in(attempt)


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


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_kind_shows_what_was_answered(prefix: str, clock) -> None:
    attempt = make_attempt(make_seat(make_whole_exam()))
    for number, (slot, answer) in enumerate(whole_answers(attempt).items(), start=1):
        save_step(attempt=attempt, client_seq=number, kind="save", slot=slot, answer=answer, now=NOON, actor="user:1")
    page = signed_in(attempt).get(f"{prefix}/exam/{attempt.uid}/").content.decode()
    held = [
        'value="contract" data-answer checked',
        'value="limit" data-answer checked',
        'value="45" maxlength="200"',
        'value="62" maxlength="200"',
        'value="18720" inputmode',
        'value="1.872" inputmode',
        '<option value="wan" selected>',
        '<option value="gone" selected>',
        'data-order="sample small pilot plant"',
        '<option value="3" selected>3</option>',
        "先查权属。\n再查年费。</textarea>",
        'value="second" data-answer checked',
    ]
    assert [each for each in held if each not in page] == []
    assert ("已答 11" if not prefix else "11 answered") in page


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_kind_of_question_shows_its_key(prefix: str, clock) -> None:
    attempt = make_attempt(make_seat(make_whole_exam()))
    bank = read_bank(EVERY_KIND)
    items = [*bank.questions, *(item for case in bank.cases for item in case.questions)]
    page = signed_in(attempt).get(f"{prefix}/exam/{attempt.uid}/").content.decode()
    secrets = {each for item in items for each in (item.explanation, item.source, item.key.model) if each}
    assert {each for each in secrets if each in page} == set()
    assert not re.search(r" checked| selected|10000", page)


def test_a_case_stands_beside_its_own_questions_only(clock) -> None:
    attempt = make_attempt(make_seat(make_whole_exam()))
    client = signed_in(attempt)
    of_case, other = slot_of(attempt, "case-single"), slot_of(attempt, "essay")
    for slot, hidden in ((of_case, ""), (other, " hidden")):
        page = client.get(f"/en/exam/{attempt.uid}/?q={slot}").content.decode()
        assert re.search(rf'<section class="qcase" data-case-text="\d+"{hidden} aria', page)
        assert page.count("菇房，每间装三支探头") == 1
    assert "Case for questions 10–11" in page
    assert "Probes in the mushroom rooms" in page


def test_the_map_tells_answered_flagged_open_and_not_looked_at(client: Client, attempt: Attempt) -> None:
    answer_rightly(attempt, slots=1)
    save_step(attempt=attempt, client_seq=2, kind="flag", slot=2, answer=True, now=NOON, actor="user:1")
    see(desk=Desk(attempt.uid), slots=[1, 3], now=NOON, actor="user:1")
    page = client.get(f"/en/exam/{attempt.uid}/?q=5").content.decode()
    words = [each.strip() for each in re.findall(r"data-map-words>([^<]+)<", page)]
    assert words == ["answered", "open, flagged", "open", *["not looked at yet"] * 9]
    assert page.count("q q-new") == 8 + 1  # the one that is open now has been seen; one stands in the legend


@pytest.mark.parametrize(
    ("name", "fields", "status", "kept"),
    [
        ("ordering", {"-sample": "1", "-plant": "1"}, 400, '<option value="1" selected>1</option>'),
        ("numeric-unit", {"": "viel"}, 400, 'value="viel"'),
        ("essay", {"": "长" * 8001}, 400, "长" * 8001),
    ],
)
def test_a_refused_form_of_any_kind_gets_back_what_it_held(
    name: str, fields: dict[str, str], status: int, kept: str, clock
) -> None:
    attempt = make_attempt(make_seat(make_whole_exam()))
    slot = slot_of(attempt, name)
    form = {"client_seq": 1, "slot": slot, **{f"answer-{slot}{end}": value for end, value in fields.items()}}
    response = signed_in(attempt).post(f"/en/exam/{attempt.uid}/", form)
    assert response.status_code == status
    assert kept in response.content.decode()
    assert attempt.steps.count() == 0


def test_a_picture_is_shown_to_whoever_sits_before_it_and_to_nobody_else(clock) -> None:
    exam = make_whole_exam()
    figure = show_a_picture(exam)
    attempt = make_attempt(make_seat(exam))
    client = signed_in(attempt)
    address = f"/exam/{attempt.uid}/figure/{figure.uid}/"
    assert f'<img src="/en{address}" alt="A bridge">' in client.get(f"/en/exam/{attempt.uid}/").content.decode()
    assert client.get(address)["Content-Type"] == "image/png"
    assert client.get(f"/exam/{attempt.uid}/figure/{uuid4()}/").status_code == 404
    assert signed_in(make_attempt()).get(address).status_code == 404
    client.post(f"/exam/{attempt.uid}/submit/")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("answered", [0, 11])
def test_the_room_costs_the_same_however_much_was_answered(
    answered: int, clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    attempt = make_attempt(make_seat(make_whole_exam()))
    for number, (slot, answer) in enumerate(list(whole_answers(attempt).items())[:answered], start=1):
        save_step(attempt=attempt, client_seq=number, kind="save", slot=slot, answer=answer, now=NOON, actor="user:1")
    client = signed_in(attempt)
    signed_in(other := make_attempt()).get(f"/exam/{other.uid}/")
    cache.clear()
    with django_assert_num_queries(ROOM_QUERIES):
        page = client.get(f"/exam/{attempt.uid}/").content.decode()
    assert f"已答 {answered}" in page


# 2 for the sign-in; the attempt with seat, exam and paper; questions, case texts, answers, what was looked at.
# Pictures, where there are any, are one more.
ROOM_QUERIES = 7
