from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.exams.models import Attempt
from tests.factories.accounts import PersonFactory
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


def send(client: Client, attempt: Attempt, language: str = "en", **step: object):
    body = {"client_seq": 1, "kind": "save", "slot": 1, "answer": attempt.seat.paper.items[0]["options"][0], **step}
    return client.post(
        f"/api/v1/exam/attempts/{attempt.uid}/steps",
        body,
        content_type="application/json",
        headers={"Accept-Language": language},
    )


def submit(client: Client, attempt: Attempt):
    return client.post(f"/api/v1/exam/attempts/{attempt.uid}/submit", content_type="application/json")


def test_a_step_answers_its_number_and_time_and_again_the_same_body(client: Client, attempt: Attempt, clock) -> None:
    first = send(client, attempt)
    clock.advance(timedelta(minutes=1))
    again = send(client, attempt)
    assert first.json().keys() == {"seq", "saved_at"}
    assert first.json()["seq"] == 1
    assert (first.status_code, first.content) == (again.status_code, again.content) == (200, first.content)


def test_handing_in_answers_a_receipt_and_again_the_same_body(client: Client, attempt: Attempt) -> None:
    answer_rightly(attempt)
    first, again = submit(client, attempt), submit(client, attempt)
    attempt.refresh_from_db()
    assert first.json() == {"receipt": attempt.receipt}
    assert (first.status_code, first.content) == (again.status_code, again.content) == (200, first.content)


@pytest.mark.parametrize(
    ("step", "status", "code"),
    [
        ({"kind": "submit"}, 400, "invalid"),
        ({"client_seq": 0}, 400, "invalid"),
        ({"client_seq": "one"}, 400, "invalid"),
        ({"slot": 13}, 400, "bad-step"),
        ({"slot": None}, 400, "bad-step"),
        ({"answer": "no-such-option"}, 400, "bad-answer"),
        ({"answer": {"option": "x"}}, 400, "bad-answer"),
    ],
)
def test_a_wrong_step_is_a_problem_with_a_code(
    step: dict[str, object], status: int, code: str, client: Client, attempt: Attempt
) -> None:
    response = send(client, attempt, **step)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"].startswith("application/problem+json")
    assert attempt.steps.count() == 0


def test_a_stale_window_and_a_late_one_are_told_apart(client: Client, attempt: Attempt, clock) -> None:
    send(client, attempt)
    stale = send(client, attempt, answer=attempt.seat.paper.items[0]["options"][1])
    assert (stale.status_code, stale.json()["code"]) == (409, "stale-window")
    clock.advance(timedelta(minutes=31, seconds=1))
    late = send(client, attempt, client_seq=2)
    assert (late.status_code, late.json()["code"]) == (409, "time-is-up")
    submit(client, attempt)
    assert send(client, attempt, client_seq=2).json()["code"] == "already-handed-in"


def test_a_problem_speaks_the_language_that_was_asked_for(client: Client, attempt: Attempt) -> None:
    send(client, attempt)
    option = attempt.seat.paper.items[0]["options"][1]
    assert "另一个窗口" in send(client, attempt, "zh-Hans", answer=option).json()["detail"]
    assert "another window" in send(client, attempt, "en", answer=option).json()["detail"]


def test_somebody_else_s_attempt_is_not_there(attempt: Attempt) -> None:
    other = Client()
    other.force_login(PersonFactory().user)
    assert [send(other, attempt).status_code, submit(other, attempt).status_code] == [404, 404]
    assert send(Client(), attempt).status_code == 403
    assert attempt.steps.count() == 0


def test_a_save_costs_four_queries_and_its_transaction(
    client: Client, attempt: Attempt, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answer_rightly(attempt, slots=11)
    cache.clear()
    with django_assert_num_queries(SAVE_QUERIES):
        assert send(client, attempt, client_seq=12).status_code == 200


# 2 for the sign-in, 1 whose attempt it is, 2 for the savepoint that a request of its own would not need;
# then 4: the attempt held with its paper, the steps that matter, the new step, the slot's row
SAVE_QUERIES = 9
