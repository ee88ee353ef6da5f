"""Two hands at one moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connection

from lms.credits.models import CreditLine
from lms.exams.models import Attempt, AttemptStep, Result
from lms.exams.selectors.folding import folded, stored
from lms.exams.services.attempts import hashed_answers, start, submit
from lms.exams.services.steps import AlreadyHandedIn, StaleWindow, save_step
from lms.schemes.models import RequirementFact
from tests.factories.exams import answer_rightly, make_attempt, make_seat

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]

HANDS = 5


def at_once(work) -> list:
    barrier = Barrier(HANDS)

    def hand(number: int):
        try:
            barrier.wait(10)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(hand, range(HANDS)))


def test_starting_at_once_is_one_attempt(now: datetime) -> None:
    seat = make_seat()
    attempts = at_once(lambda _number: start(seat=seat, now=now).pk)
    assert len(set(attempts)) == Attempt.objects.count() == 1


def test_handing_in_at_once_is_one_result_one_fact_and_one_credit_line(now: datetime) -> None:
    attempt = make_attempt()
    answer_rightly(attempt)
    receipts = at_once(lambda _number: submit(attempt=attempt, now=now, actor="user:1"))
    assert len(set(receipts)) == 1
    assert Result.objects.count() == CreditLine.objects.count() == 1
    assert RequirementFact.objects.filter(kind="exam").count() == 1
    assert RequirementFact.objects.filter(kind="contribution").count() == 1


def test_one_step_sent_at_once_is_one_step(now: datetime) -> None:
    attempt = make_attempt()
    option = attempt.seat.paper.items[0]["options"][0]
    step = {"attempt": attempt, "client_seq": 1, "kind": "save", "slot": 1, "answer": option}
    outcomes = at_once(lambda _number: save_step(**step, now=now, actor="user:1"))
    assert len(set(outcomes)) == AttemptStep.objects.count() == 1


def test_of_two_windows_at_once_one_is_saved_and_the_others_are_told(now: datetime) -> None:
    attempt = make_attempt()
    options = attempt.seat.paper.items[0]["options"]

    def window(number: int) -> str:
        step = {"attempt": attempt, "client_seq": 1, "kind": "save", "slot": 1, "answer": options[number % 2]}
        try:
            save_step(**step, now=now, actor="user:1")
        except StaleWindow:
            return "told"
        return options[number % 2]

    told = at_once(window)
    (saved,) = set(told) - {"told"}
    assert stored(attempt) == folded(attempt)
    assert stored(attempt)[1].answer == saved
    assert AttemptStep.objects.count() == 1


def test_different_steps_at_once_are_all_there(now: datetime) -> None:
    attempt = make_attempt()
    items = attempt.seat.paper.items

    def save(number: int) -> None:
        slot, answer = number + 1, items[number]["options"][0]
        save_step(attempt=attempt, client_seq=slot, kind="save", slot=slot, answer=answer, now=now, actor="user:1")

    at_once(save)
    assert sorted(stored(attempt)) == [1, 2, 3, 4, 5]
    assert sorted(AttemptStep.objects.values_list("seq", flat=True)) == [1, 2, 3, 4, 5]


def test_handing_in_while_answers_arrive_hands_in_whatever_was_acknowledged(now: datetime) -> None:
    attempt = make_attempt()
    items = attempt.seat.paper.items

    def hand(number: int) -> tuple[int, str] | str:
        if number == 0:
            return submit(attempt=attempt, now=now, actor="user:1").answers_hash
        answer = items[number]["options"][0]
        step = {"attempt": attempt, "client_seq": number, "kind": "save", "slot": number + 1, "answer": answer}
        try:
            save_step(**step, now=now, actor="user:1")
        except AlreadyHandedIn:
            return "told"
        return number + 1, answer

    told = at_once(hand)
    acknowledged = dict(each for each in told if isinstance(each, tuple))
    assert {slot: state.answer for slot, state in folded(attempt).items()} == acknowledged
    assert told[0] == hashed_answers(attempt)
    assert stored(attempt) == folded(attempt)
    assert list(attempt.steps.order_by("seq").values_list("kind", flat=True)) == ["save"] * len(acknowledged) + [
        "submit"
    ]
