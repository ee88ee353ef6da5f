"""Any interleaving and repetition of the same steps ends in the same state."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lms.exams.models import AttemptStep
from lms.exams.selectors.folding import SlotState, fold, folded, stored
from lms.exams.services.steps import TimeIsUp, save_step
from tests.conftest import NOON
from tests.factories.exams import make_attempt

saves = st.tuples(st.just("save"), st.integers(1, 3), st.sampled_from(["a", "b", None]))
flags = st.tuples(st.just("flag"), st.integers(1, 3), st.booleans())
acts = st.lists(st.one_of(saves, flags), max_size=12)


def steps_of(told: list[tuple]) -> list[AttemptStep]:
    return [
        AttemptStep(client_seq=number, kind=kind, slot=slot, answer=answer)
        for number, (kind, slot, answer) in enumerate(told, start=1)
    ]


def last_of(told: list[tuple]) -> dict[int, tuple[object, bool]]:
    """The same story kept the simple way: in order, the last word counts."""
    state: dict[int, list] = {}
    for kind, slot, answer in told:
        state.setdefault(slot, [None, False])[0 if kind == "save" else 1] = answer
    return {slot: (answer, flagged) for slot, (answer, flagged) in state.items()}


@pytest.mark.unit
@given(told=acts, data=st.data())
def test_order_and_repetition_do_not_matter(told: list[tuple], data) -> None:
    steps = steps_of(told)
    arrived = data.draw(st.permutations(steps + data.draw(st.lists(st.sampled_from(steps))) if steps else []))
    state = fold(arrived)
    assert state == fold(steps)
    assert {slot: (each.answer, each.flagged) for slot, each in state.items()} == last_of(told)


@pytest.mark.room
class OnTheServer(TestCase):
    """The same through the verb, the database and the kept rows."""

    @given(told=acts, data=st.data())
    @settings(max_examples=25, deadline=None)
    def test_the_kept_rows_are_the_fold_of_the_history(self, told: list[tuple], data) -> None:
        attempt = make_attempt()
        items = {item["slot"]: item["options"] for item in attempt.seat.paper.items}
        named = {"a": 0, "b": 1}
        numbered = [
            (number, kind, slot, items[slot][named[answer]] if answer in named and kind == "save" else answer)
            for number, (kind, slot, answer) in enumerate(told, start=1)
        ]
        arrived = data.draw(
            st.permutations(numbered + data.draw(st.lists(st.sampled_from(numbered))) if numbered else [])
        )
        late = data.draw(st.integers(0, len(arrived)))
        in_time, too_late = arrived[:late], arrived[late:]
        self.send(attempt, in_time, NOON)
        expected = fold(steps_of_numbered(in_time))
        assert stored(attempt) == folded(attempt) == expected
        self.send(attempt, too_late, NOON + timedelta(minutes=31, seconds=1), known={each[0] for each in in_time})
        assert stored(attempt) == folded(attempt) == expected
        assert AttemptStep.objects.filter(attempt=attempt).count() == len({each[0] for each in in_time})

    def send(self, attempt, arrived, now, known: set[int] | None = None) -> None:
        for number, kind, slot, answer in arrived:
            call = {"attempt": attempt, "client_seq": number, "kind": kind, "slot": slot, "answer": answer}
            if known is not None and number not in known:
                with pytest.raises(TimeIsUp):
                    save_step(**call, now=now, actor="user:1")
            else:
                save_step(**call, now=now, actor="user:1")


def steps_of_numbered(arrived) -> list[AttemptStep]:
    return [
        AttemptStep(client_seq=number, kind=kind, slot=slot, answer=answer) for number, kind, slot, answer in arrived
    ]


def test_an_untouched_slot_is_in_no_fold() -> None:
    assert fold([]) == {}
    assert fold([AttemptStep(client_seq=1, kind="resume")]) == {}
    assert SlotState() == SlotState(None, 0, False, 0)
