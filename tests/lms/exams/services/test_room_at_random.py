"""Windows, devices, crashes, lost answers, late arrivals and the clock, in any order: nothing acknowledged is lost."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from lms.exams.enums import StepKind
from lms.exams.models import Attempt, Result
from lms.exams.selectors.folding import folded, stored
from lms.exams.selectors.room import room_view
from lms.exams.services.attempts import close_overdue, hashed_answers, submit
from lms.exams.services.steps import AlreadyHandedIn, StaleWindow, StepOutcome, TimeIsUp, save_step
from lms.jobs.services.work import drain
from tests.conftest import NOON
from tests.factories.exams import make_attempt

pytestmark = [pytest.mark.room, pytest.mark.django_db]


@dataclass(frozen=True)
class Step:
    """What a window sends."""

    client_seq: int
    kind: str
    slot: int
    answer: Any


@dataclass(eq=False)
class Window:
    """A window as `queue.js` keeps it: what waits, in order; stopped once it is told that it is stale."""

    device: int
    next_seq: int
    waiting: list[Step] = field(default_factory=list)
    is_open: bool = True


class Room(RuleBasedStateMachine):
    """One attempt, several windows on two devices, and a server that may answer into the void."""

    attempt: ClassVar[Attempt]
    windows = Bundle("windows")

    def __init__(self) -> None:
        super().__init__()
        self.sandbox = transaction.atomic()
        self.sandbox.__enter__()
        self.now: datetime = NOON
        self.left_behind: dict[int, list[Step]] = {1: [], 2: []}
        self.sent: list[Step] = []
        self.outcomes: dict[Step, StepOutcome] = {}
        # The last word on each question that arrived, kept the simple way.
        self.answers: dict[int, Any] = {}
        self.flags: dict[int, bool] = {}
        self.hash_at_end = ""

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.sandbox.__exit__(None, None, None)

    @rule(target=windows, device=st.sampled_from([1, 2]))
    def open_a_window(self, device: int) -> Window:
        """A fresh page takes over what a crashed one of its device has left."""
        window = Window(device, room_view(self.attempt).next_seq, self.left_behind[device])
        self.left_behind[device] = []
        if window.waiting:
            window.next_seq = max(window.next_seq, window.waiting[-1].client_seq + 1)
        return window

    @rule(window=windows, slot=st.integers(1, 3), place=st.sampled_from([0, 1, None]))
    def answer(self, window: Window, slot: int, place: int | None) -> None:
        options = self.attempt.seat.paper.items[slot - 1]["options"]
        self.push(window, StepKind.SAVE, slot, None if place is None else options[place])

    @rule(window=windows, slot=st.integers(1, 3), flagged=st.booleans())
    def flag(self, window: Window, slot: int, flagged: bool) -> None:
        self.push(window, StepKind.FLAG, slot, flagged)

    def push(self, window: Window, kind: str, slot: int, answer: Any) -> None:
        if window.is_open:
            window.waiting.append(Step(window.next_seq, kind, slot, answer))
            window.next_seq += 1

    @rule(window=windows, answer_arrives=st.booleans(), go_on_here=st.booleans())
    def send_the_first(self, window: Window, answer_arrives: bool, go_on_here: bool) -> None:
        if not window.is_open or not window.waiting:
            return
        step = window.waiting[0]
        self.sent.append(step)
        try:
            self.arrive(step)
        except StaleWindow:
            self.told(window, go_on_here)
        except (AlreadyHandedIn, TimeIsUp):
            window.waiting.clear()
        else:
            if answer_arrives:
                window.waiting.pop(0)

    def told(self, window: Window, go_on_here: bool) -> None:
        """The window was told that it is stale: its person keeps what it holds, under new numbers, or lets it go."""
        window.next_seq = room_view(self.attempt).next_seq
        kept, window.waiting = window.waiting if go_on_here else [], []
        for step in kept:
            self.push(window, step.kind, step.slot, step.answer)

    def arrive(self, step: Step) -> None:
        """A step reaches the server, for the first time or again."""
        outcome = save_step(
            attempt=self.attempt, client_seq=step.client_seq, kind=step.kind, slot=step.slot, answer=step.answer,
            now=self.now, actor="user:1",
        )  # fmt: skip
        if step in self.outcomes:
            assert outcome == self.outcomes[step]
            return
        self.outcomes[step] = outcome
        (self.answers if step.kind == StepKind.SAVE else self.flags)[step.slot] = step.answer

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def an_old_message_arrives_again(self, data: st.DataObject) -> None:
        try:
            self.arrive(data.draw(st.sampled_from(self.sent)))
        except (StaleWindow, AlreadyHandedIn, TimeIsUp):
            return

    @rule(window=windows, device_is_lost=st.booleans())
    def crash(self, window: Window, device_is_lost: bool) -> None:
        if window.is_open and not device_is_lost:
            self.left_behind[window.device] += window.waiting
        window.is_open, window.waiting = False, []

    @rule(seconds=st.sampled_from([5, 300, 1200]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def hand_in(self) -> None:
        receipt = submit(attempt=self.attempt, now=self.now, actor="user:1")
        self.hash_at_end = self.hash_at_end or receipt.answers_hash
        assert receipt.answers_hash == self.hash_at_end

    @rule()
    def the_clock_hands_in(self) -> None:
        close_overdue(now=self.now)
        drain(now=self.now)

    @invariant()
    def what_arrived_last_is_what_stands(self) -> None:
        states = stored(self.attempt)
        assert states == folded(self.attempt)
        assert {slot: state.answer for slot, state in states.items() if slot in self.answers} == self.answers
        assert {slot: state.flagged for slot, state in states.items() if slot in self.flags} == self.flags

    @invariant()
    def it_is_handed_in_once_with_all_of_that(self) -> None:
        attempt = Attempt.objects.get(pk=self.attempt.pk)
        ends = attempt.steps.filter(kind=StepKind.SUBMIT).count()
        assert ends == Result.objects.filter(attempt=attempt).count() == (not attempt.is_open)
        if ends:
            assert attempt.answers_hash == hashed_answers(attempt)
            assert attempt.steps.order_by("-seq")[0].kind == StepKind.SUBMIT


def test_no_interleaving_loses_what_was_acknowledged_or_hands_in_twice() -> None:
    Room.attempt = make_attempt()
    run_state_machine_as_test(Room, settings=settings(max_examples=60, stateful_step_count=30, deadline=None))
