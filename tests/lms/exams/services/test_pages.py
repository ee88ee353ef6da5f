from datetime import datetime
from typing import Any

import pytest

from lms.exams.enums import QuestionKind
from lms.exams.models import Attempt, AttemptStep
from lms.exams.selectors.folding import SlotState, folded, stored
from lms.exams.services.pages import PlacedTwice, as_sent, save_page
from lms.exams.services.steps import BadAnswer, BadStep, StaleWindow, save_step
from tests.factories.exams import make_attempt, make_seat
from tests.lms.exams.papers import make_whole_exam, name_of, slot_of, whole_answers

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@pytest.fixture
def attempt() -> Attempt:
    return make_attempt(make_seat(make_whole_exam()))


def page(
    attempt: Attempt, slot: int, now: datetime, *, client_seq: int = 1, flagged: bool = False, **fields: Any
) -> int:
    return save_page(
        attempt=attempt, client_seq=client_seq, slot=slot, fields=fields, flagged=flagged, now=now, actor="user:1"
    )


def fields_of(item: dict[str, Any], answer: Any) -> dict[str, list[str]]:
    """What a browser sends for an answer, read off the room's own forms."""
    name, kind = f"answer-{item['slot']}", item["kind"]
    if name_of(item) == "numeric-unit":
        return {name: [answer["number"]], f"unit-{item['slot']}": [answer["unit"]]}
    if kind == QuestionKind.MATCHING:
        return {f"{name}-{option}": [choice] for option, choice in answer.items()}
    if kind == QuestionKind.ORDERING:
        return {f"{name}-{option}": [str(place)] for place, option in enumerate(answer, start=1)}
    if kind == QuestionKind.ESSAY:
        return {name: [answer.replace("\n", "\r\n")]}
    return {name: answer if isinstance(answer, list) else [answer]}


def test_every_kind_of_question_is_answered_by_a_plain_form(attempt: Attempt, now: datetime) -> None:
    for number, item in enumerate(attempt.seat.paper.items, start=1):
        fields = fields_of(item, whole_answers(attempt)[item["slot"]])
        assert page(attempt, item["slot"], now, client_seq=number, **fields) == 1
        assert page(attempt, item["slot"], now, client_seq=number, **fields) == 0
    assert {slot: state.answer for slot, state in stored(attempt).items()} == whole_answers(attempt)
    assert stored(attempt) == folded(attempt)


def test_an_emptied_form_takes_the_answer_back(attempt: Attempt, now: datetime) -> None:
    for number, (slot, answer) in enumerate(whole_answers(attempt).items(), start=1):
        step = {"attempt": attempt, "kind": "save", "slot": slot, "now": now, "actor": "user:1"}
        save_step(**step, client_seq=number, answer=answer)
    for number, slot in enumerate(whole_answers(attempt), start=20):
        assert page(attempt, slot, now, client_seq=number) == 1
    assert {state.answer for state in stored(attempt).values()} == {None}


def test_answer_and_flag_are_written_together(attempt: Attempt, now: datetime) -> None:
    slot = slot_of(attempt, "multiple")
    assert page(attempt, slot, now, flagged=True, **{f"answer-{slot}": ["limit", "praise"]}) == 2
    assert page(attempt, slot, now, flagged=True, **{f"answer-{slot}": ["praise", "limit"]}) == 0
    assert stored(attempt)[slot] == SlotState(["limit", "praise"], 1, True, 2)


def test_of_two_steps_whose_second_number_is_taken_neither_is_written(attempt: Attempt, now: datetime) -> None:
    save_step(attempt=attempt, client_seq=2, kind="flag", slot=3, answer=True, now=now, actor="user:1")
    with pytest.raises(StaleWindow):
        page(attempt, 1, now, flagged=True, **{"answer-1": ["contract"]})


def test_the_form_of_an_old_page_is_told_so(attempt: Attempt, now: datetime) -> None:
    slot = slot_of(attempt, "single")
    page(attempt, slot, now, **{f"answer-{slot}": ["price"]})
    with pytest.raises(StaleWindow):
        page(attempt, slot, now, **{f"answer-{slot}": ["media"]})
    assert stored(attempt)[slot].answer == "price"


def test_a_place_is_given_once_and_the_form_keeps_what_was_typed(attempt: Attempt, now: datetime) -> None:
    slot = slot_of(attempt, "ordering")
    item = attempt.seat.paper.items[slot - 1]
    fields = {f"answer-{slot}-sample": ["1"], f"answer-{slot}-plant": ["1"]}
    with pytest.raises(PlacedTwice):
        page(attempt, slot, now, **fields)
    assert as_sent(item, fields) == {"sample": "1", "plant": "1"}
    assert AttemptStep.objects.count() == 0


def test_some_places_are_a_beginning(attempt: Attempt, now: datetime) -> None:
    slot = slot_of(attempt, "ordering")
    page(attempt, slot, now, **{f"answer-{slot}-plant": ["4"], f"answer-{slot}-sample": ["2"]})
    assert stored(attempt)[slot].answer == ["sample", "plant"]


@pytest.mark.parametrize(
    ("name", "end", "value", "refusal"),
    [
        ("ordering", "-sample", "first", BadStep),
        ("ordering", "-sample", "²", BadStep),
        ("matching", "-sell", "nothing-such", BadAnswer),
        ("numeric", "", "十五", BadAnswer),
        ("fill-in", "", "only one", BadAnswer),
        ("essay", "", "长" * 8001, BadAnswer),
    ],
)
def test_what_is_no_answer_is_refused(
    name: str, end: str, value: str, refusal: type[Exception], attempt: Attempt, now: datetime
) -> None:
    slot = slot_of(attempt, name)
    with pytest.raises(refusal):
        page(attempt, slot, now, **{f"answer-{slot}{end}": [value]})
    assert AttemptStep.objects.count() == 0
