"""What an attempt's steps amount to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Max

from lms.exams.enums import SLOT_KINDS, StepKind
from lms.exams.models import Attempt, AttemptStep


@dataclass(frozen=True, slots=True)
class SlotState:
    """Where one slot of a paper stands."""

    answer: Any = None
    answer_seq: int = 0
    flagged: bool = False
    flag_seq: int = 0


def apply_step(state: SlotState, step: AttemptStep) -> SlotState:
    """`state` after `step`; a step older than what is there changes nothing."""
    number = step.client_seq or 0
    if step.kind == StepKind.SAVE and number > state.answer_seq:
        return replace(state, answer=step.answer, answer_seq=number)
    if step.kind == StepKind.FLAG and number > state.flag_seq:
        return replace(state, flagged=bool(step.answer), flag_seq=number)
    return state


def fold(steps: Iterable[AttemptStep]) -> dict[int, SlotState]:
    """The state of every slot that was touched, the same for any order and repetition of the steps."""
    slots: dict[int, SlotState] = {}
    for step in steps:
        if step.slot is not None:
            slots[step.slot] = apply_step(slots.get(step.slot, SlotState()), step)
    return slots


def folded(attempt: Attempt) -> dict[int, SlotState]:
    """The fold of the stored steps of an attempt, read from the history itself: of every question the newest alone."""
    steps = AttemptStep.objects.filter(attempt=attempt.pk, kind__in=SLOT_KINDS)
    newest = steps.order_by().values("slot", "kind").annotate(newest=Max("client_seq")).values("newest")
    return fold(steps.filter(client_seq__in=newest).order_by("seq"))


def answers_of(states: dict[int, SlotState]) -> dict[int, Any]:
    """What was answered, by slot; open questions are not in it."""
    return {slot: state.answer for slot, state in sorted(states.items()) if state.answer is not None}


def seen_slots(attempt_id: int) -> set[int]:
    """The slots that were looked at, as far as the page has told."""
    told = AttemptStep.objects.filter(attempt=attempt_id, kind=StepKind.SEEN).values_list("answer", flat=True)
    return {slot for slots in told for slot in slots or ()}


def stored(attempt: Attempt) -> dict[int, SlotState]:
    """The same as pages read it: the rows that the database keeps beside the history, step by step."""
    return {row.slot: SlotState(row.answer, row.answer_seq, row.flagged, row.flag_seq) for row in attempt.answers.all()}
