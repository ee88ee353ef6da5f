"""Which questions somebody has looked at, for the map of numbers; kept as steps, told lazily."""

from collections.abc import Sequence
from datetime import datetime

from lms.exams.enums import StepKind
from lms.exams.models import AttemptStep
from lms.exams.selectors.folding import seen_slots
from lms.exams.selectors.grounds import MOST_SLOTS, Desk, ground_of
from lms.exams.services.steps import BadStep, NoSuchAttempt, StepOutcome, in_turn, refuse_if_closed


def see(*, desk: Desk, slots: object, now: datetime, actor: str) -> StepOutcome:
    """Keep that these questions were looked at; what is known already is not written again.

    Such a step has no number of the sender: a window that only looks makes no other one stale.
    """
    looked_at = _slots(slots)

    def write() -> StepOutcome:
        ground = ground_of(desk, client_seq=0, slot=max(looked_at))
        if ground is None:
            raise NoSuchAttempt
        if ground.item is None:
            raise BadStep
        refuse_if_closed(ground, now)
        new = sorted(looked_at - seen_slots(ground.attempt_id))
        if not new:
            return StepOutcome(ground.last_seq, now)
        step = AttemptStep(attempt_id=ground.attempt_id, kind=StepKind.SEEN, answer=new, at=now, actor=actor)
        step.seq = ground.last_seq + 1
        step.save(force_insert=True)
        return StepOutcome(step.seq, now)

    return in_turn(write)


def _slots(slots: object) -> set[int]:
    if not isinstance(slots, Sequence) or isinstance(slots, str) or not 1 <= len(slots) <= MOST_SLOTS:
        raise BadStep
    if any(isinstance(slot, bool) or not isinstance(slot, int) or not 1 <= slot <= MOST_SLOTS for slot in slots):
        raise BadStep
    return set(slots)
