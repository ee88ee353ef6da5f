"""Writing down what a person does in an attempt: one row a step, whatever the network does to it.

A save reads once and writes once. No lock is taken: a step's number follows the newest one that was read, so
two that are written at the same moment, or a step and the handing in, collide on it, and the slower looks again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import SLOT_KINDS, AttemptState, StepKind
from lms.exams.models import Attempt, AttemptStep
from lms.exams.selectors.grounds import Desk, Ground, Twin, ground_of
from lms.exams.validators import NotAnAnswer, clean_answer
from lms.kernel.refusals import Conflict, NotFound, Refusal

T = TypeVar("T")

MOST_STEPS = 100_000
# Windows of one person that write at one moment; each round one of them is through.
TRIES = 12


class BadStep(Refusal):
    code = "bad-step"
    message = _("This step cannot be read: its number, kind or question is not of this paper.")


class BadAnswer(Refusal):
    code = "bad-answer"
    message = _("This is not an answer to question %(slot)s. Choose one of its options, or type a number.")


class NoSuchAttempt(NotFound):
    message = _("There is no such exam of yours. Open it again from the list of your exams.")


class StaleWindow(Conflict):
    code = "stale-window"
    message = _(
        "This exam went on in another window. What you chose here is kept on this device; "
        "go on in this window or in the other one, not in both."
    )


class TimeIsUp(Conflict):
    code = "time-is-up"
    message = _("Time is up. What was saved before is handed in; nothing more is accepted.")


class AlreadyHandedIn(Conflict):
    code = "already-handed-in"
    message = _("This paper has been handed in. Nothing more is accepted.")


class AttemptIsVoid(Conflict):
    code = "attempt-void"
    message = _("This attempt has been declared void. Ask your training base how it goes on.")


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What the sender of a step is told; for the same step the same for ever."""

    seq: int
    saved_at: datetime


def in_turn(write: Callable[[], T]) -> T:
    """Do a write that is all or nothing by itself; if another took its number at that moment, once more."""
    for left in reversed(range(TRIES)):
        try:
            return write()
        except IntegrityError:
            # Inside a larger transaction the collision is its owner's to mend.
            if connection.in_atomic_block or not left:
                raise
    raise AssertionError


def refuse_if_closed(ground: Ground, now: datetime) -> None:
    """Say why nothing more is accepted, if so."""
    if ground.state == AttemptState.VOID:
        raise AttemptIsVoid
    if not ground.is_open:
        raise AlreadyHandedIn
    if now > ground.accepts_until:
        raise TimeIsUp


def cleaned(item: Mapping[str, Any] | None, kind: str, slot: int | None, answer: Any) -> Any:
    """The answer or flag in its one form."""
    if item is None or item["slot"] != slot:
        raise BadStep
    if kind == StepKind.FLAG:
        return bool(answer)
    try:
        return clean_answer(item, answer)
    except NotAnAnswer:
        raise BadAnswer(slot=slot) from None


def _same(twin: Twin, step: AttemptStep) -> bool:
    return (twin.kind, twin.slot, twin.answer) == (step.kind, step.slot, step.answer)


def take_step(
    *,
    desk: Desk,
    client_seq: int,
    kind: str,
    slot: int | None,
    answer: Any,
    now: datetime,
    actor: str,
) -> StepOutcome:
    """Write one step of the attempt that `desk` names; the same step again answers the same.

    A window numbers its steps from what it has seen. If its number is taken by another step, the exam
    went on elsewhere, and the window is told so.
    """
    if kind not in SLOT_KINDS or not 1 <= client_seq <= MOST_STEPS:
        raise BadStep

    def write() -> StepOutcome:
        ground = ground_of(desk, client_seq=client_seq, slot=slot)
        if ground is None:
            raise NoSuchAttempt
        step = AttemptStep(attempt_id=ground.attempt_id, client_seq=client_seq, kind=kind, slot=slot, at=now)
        step.answer = cleaned(ground.item, kind, slot, answer)
        if ground.twin and _same(ground.twin, step):
            return StepOutcome(ground.twin.seq, ground.twin.at)
        refuse_if_closed(ground, now)
        if ground.twin:
            raise StaleWindow
        step.seq, step.actor = ground.last_seq + 1, actor
        step.save(force_insert=True)
        return StepOutcome(step.seq, now)

    return in_turn(write)


def save_step(
    *, attempt: Attempt, client_seq: int, kind: str, slot: int | None, answer: Any, now: datetime, actor: str
) -> StepOutcome:
    """The same for an attempt that is at hand."""
    return take_step(
        desk=Desk(attempt.uid), client_seq=client_seq, kind=kind, slot=slot, answer=answer, now=now, actor=actor
    )
