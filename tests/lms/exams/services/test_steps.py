from datetime import datetime, timedelta

import pytest

from lms.exams.models import AttemptAnswer, AttemptStep
from lms.exams.selectors.folding import SlotState, folded, stored
from lms.exams.services.attempts import submit
from lms.exams.services.steps import (
    AlreadyHandedIn,
    BadAnswer,
    BadStep,
    StaleWindow,
    TimeIsUp,
    save_step,
)
from tests.factories.exams import make_attempt

pytestmark = [pytest.mark.room, pytest.mark.django_db]


def slot_of(attempt, kind: str) -> int:
    return next(item["slot"] for item in attempt.seat.paper.items if item["kind"] == kind)


def options_of(attempt, slot: int) -> list[str]:
    return next(item["options"] for item in attempt.seat.paper.items if item["slot"] == slot)


def step(attempt, number: int, answer, now: datetime, *, slot: int | None = 1, kind: str = "save"):
    return save_step(attempt=attempt, client_seq=number, kind=kind, slot=slot, answer=answer, now=now, actor="user:1")


def test_a_step_is_written_and_folded(now: datetime) -> None:
    attempt = make_attempt()
    first, second = options_of(attempt, 1)[:2]
    step(attempt, 1, first, now)
    step(attempt, 2, True, now, kind="flag")
    outcome = step(attempt, 3, second, now + timedelta(seconds=5))
    assert (outcome.seq, outcome.saved_at) == (3, now + timedelta(seconds=5))
    assert stored(attempt) == folded(attempt) == {1: SlotState(second, 3, True, 2)}


def test_the_same_step_again_answers_the_same_and_writes_nothing(now: datetime) -> None:
    attempt = make_attempt()
    option = options_of(attempt, 1)[0]
    first = step(attempt, 1, option, now)
    assert step(attempt, 1, option, now + timedelta(minutes=2)) == first
    assert AttemptStep.objects.count() == 1


def test_a_step_sent_again_after_the_end_still_answers_the_same(now: datetime) -> None:
    attempt = make_attempt()
    option = options_of(attempt, 1)[0]
    first = step(attempt, 1, option, now)
    submit(attempt=attempt, now=now)
    assert step(attempt, 1, option, now + timedelta(hours=2)) == first


def test_a_window_that_missed_steps_is_told_and_nothing_is_lost(now: datetime) -> None:
    attempt = make_attempt()
    mine, theirs = options_of(attempt, 1)[:2]
    step(attempt, 1, mine, now)
    with pytest.raises(StaleWindow):
        step(attempt, 1, theirs, now)
    assert stored(attempt) == {1: SlotState(mine, 1)}


def test_steps_that_overtake_each_other_end_in_the_newest_answer(now: datetime) -> None:
    attempt = make_attempt()
    old, new = options_of(attempt, 1)[:2]
    step(attempt, 2, new, now)
    step(attempt, 1, old, now)
    assert stored(attempt)[1].answer == new
    assert folded(attempt) == stored(attempt)


def test_an_answer_can_be_taken_back(now: datetime) -> None:
    attempt = make_attempt()
    step(attempt, 1, options_of(attempt, 1)[0], now)
    step(attempt, 2, None, now)
    assert stored(attempt)[1].answer is None


@pytest.mark.parametrize(("late", "taken"), [(30 * 60, True), (30 * 60 + 60, True), (30 * 60 + 61, False)])
def test_saves_are_taken_until_deadline_and_grace(late: int, taken: bool, now: datetime) -> None:
    attempt = make_attempt()
    option = options_of(attempt, 1)[0]
    if taken:
        step(attempt, 1, option, now + timedelta(seconds=late))
    else:
        with pytest.raises(TimeIsUp):
            step(attempt, 1, option, now + timedelta(seconds=late))
    assert AttemptStep.objects.count() == taken


def test_after_handing_in_nothing_is_taken(now: datetime) -> None:
    attempt = make_attempt()
    submit(attempt=attempt, now=now)
    with pytest.raises(AlreadyHandedIn):
        step(attempt, 1, options_of(attempt, 1)[0], now)


@pytest.mark.parametrize(
    ("number", "kind", "slot"),
    [(0, "save", 1), (100_001, "save", 1), (1, "submit", 1), (1, "erase", 1), (1, "save", 13), (1, "flag", None)],
)
def test_a_step_that_is_none_of_this_paper_is_refused(number: int, kind: str, slot: int | None, now: datetime) -> None:
    attempt = make_attempt()
    with pytest.raises(BadStep):
        step(attempt, number, None, now, slot=slot, kind=kind)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("single", "no-such-option"),
        ("single", ["a", "list"]),
        ("multiple", "development"),
        ("multiple", ["development", "no-such-option"]),
        ("numeric", "fifteen"),
        ("numeric", True),
        ("numeric", {"value": 15}),
        ("true-false", 1),
    ],
)
def test_what_is_no_answer_to_the_question_is_refused(kind: str, answer, now: datetime) -> None:
    attempt = make_attempt()
    with pytest.raises(BadAnswer):
        step(attempt, 1, answer, now, slot=slot_of(attempt, kind))
    assert AttemptAnswer.objects.count() == 0


@pytest.mark.parametrize("typed", ["1 500.50", "１５００．５", "1,500.5", "1500.500", "+1500.5"])
def test_a_number_is_read_as_people_type_it(typed: str, now: datetime) -> None:
    attempt = make_attempt()
    slot = slot_of(attempt, "numeric")
    step(attempt, 1, typed, now, slot=slot)
    assert stored(attempt)[slot].answer == "1500.5"
