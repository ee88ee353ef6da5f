from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lms.exams.models import Attempt
from lms.exams.selectors.focus import focus_of
from lms.exams.selectors.folding import seen_slots, stored
from tests.conftest import NOON
from tests.factories.accounts import PersonFactory
from tests.factories.exams import answer_rightly, make_attempt, make_seat
from tests.lms.exams.papers import make_whole_exam, slot_of

pytestmark = [pytest.mark.face, pytest.mark.django_db]

JSON = "application/json"


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
    assert first.json() == {"receipt": attempt.receipt, "answers_hash": attempt.answers_hash}
    assert len(attempt.answers_hash) == 64
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


@pytest.mark.parametrize("answered", [0, 11])
def test_a_save_costs_four_queries_however_much_was_answered(
    answered: int, client: Client, attempt: Attempt, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answer_rightly(attempt, slots=answered)
    send(client_of(make_attempt()), attempt)  # somebody else has warmed what can be warm
    cache.clear()
    with django_assert_num_queries(SAVE_QUERIES):
        assert send(client, attempt, client_seq=12).status_code == 200
    cache.clear()
    with django_assert_num_queries(SAVE_QUERIES - 1):
        assert send(client, attempt, client_seq=12).status_code == 200


# session, user, one read, one write; sent again it is not written
SAVE_QUERIES = 4


def client_of(attempt: Attempt) -> Client:
    client = Client()
    client.force_login(attempt.seat.person.user)
    return client


def test_what_was_looked_at_makes_no_other_window_stale(client: Client, attempt: Attempt) -> None:
    assert send(client, attempt, kind="seen", answer=[1, 2], client_seq=None).status_code == 200
    assert send(client, attempt, kind="seen", answer=[2, 3]).status_code == 200
    assert send(client, attempt).json()["seq"] == 3
    assert seen_slots(attempt.pk) == {1, 2, 3}


@pytest.mark.parametrize("slots", [[], [0], [13], ["1"], [True], "1", None, [1] * 1000, {"1": 1}])
def test_what_cannot_have_been_looked_at_is_refused(slots: object, client: Client, attempt: Attempt) -> None:
    response = send(client, attempt, kind="seen", answer=slots)
    assert (response.status_code, response.json()["code"]) == (400, "bad-step")
    assert attempt.steps.count() == 0


def test_leaving_the_window_is_noted_apart_from_the_history(client: Client, attempt: Attempt, clock) -> None:
    clock.advance(timedelta(minutes=5))
    left, back = ({"kind": kind, "client_seq": number} for kind, number in (("focus-lost", 240), ("resume", 271)))
    assert send(client, attempt, **left).json() == send(client, attempt, **left).json()
    send(client, attempt, **back)
    assert [(each.since, each.seconds) for each in focus_of(attempt)] == [(NOON + timedelta(minutes=2), 15)]
    assert (attempt.steps.count(), attempt.focus_notes.count()) == (0, 2)


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (
            b'{"client_seq": 1, "kind": "save", "slot": 1, "answer": "' + b"a" * 10_000_000 + b'"}',
            JSON,
            413,
            "too-large",
        ),
        (b'{"client_seq": 1, "kind": "sa', JSON, 400, "parse-error"),
        (b"[1, 2]", JSON, 400, "invalid"),
        (b'"save"', JSON, 400, "invalid"),
        (b'{"kind": ["save"], "client_seq": 1}', JSON, 400, "invalid"),
        (b'{"kind": "save", "client_seq": 1e400, "slot": 1}', JSON, 400, "invalid"),
        (b'{"kind": "save", "client_seq": 1, "slot": 99999999999999999999}', JSON, 400, "invalid"),
        (b"\xff\xfe{}", JSON, 400, "parse-error"),
        (b"kind=save&client_seq=1", "application/x-www-form-urlencoded", 415, "unsupported-media-type"),
        (b"<step/>", "text/xml", 415, "unsupported-media-type"),
    ],
    ids=["10 MB", "half", "list", "text", "kind", "infinite", "slot", "encoding", "form", "xml"],
)
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_hostile_body_is_a_problem_and_writes_nothing(
    language: str, body: bytes, kind: str, status: int, code: str, client: Client, attempt: Attempt
) -> None:
    response = client.post(
        f"/api/v1/exam/attempts/{attempt.uid}/steps", body, content_type=kind, headers={"Accept-Language": language}
    )
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"].startswith("application/problem+json")
    assert any("\u4e00" <= sign <= "\u9fff" for sign in response.json()["detail"]) == (language != "en")
    assert attempt.steps.count() == 0


def test_marks_that_nobody_sees_are_taken_out_of_typed_words(client: Client, clock) -> None:
    attempt = make_attempt(make_seat(make_whole_exam()))
    client = client_of(attempt)
    slot = slot_of(attempt, "fill-in")
    blanks = next(item["blanks"] for item in attempt.seat.paper.items if item["slot"] == slot)
    response = send(client, attempt, slot=slot, answer=["\u202e80\x00\u200b"] + [""] * (blanks - 1))
    assert response.status_code == 200
    assert stored(attempt)[slot].answer[0] == "80"


def test_a_void_attempt_takes_nothing_more(client: Client, attempt: Attempt) -> None:
    Attempt.objects.update(state="void")
    response = send(client, attempt)
    assert (response.status_code, response.json()["code"]) == (409, "attempt-void")
