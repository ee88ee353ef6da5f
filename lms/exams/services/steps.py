"""Writing down what a person does in an attempt: one row a step, whatever the network does to it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, Subquery
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import SENT_KINDS, SLOT_KINDS, QuestionKind, StepKind
from lms.exams.models import Attempt, AttemptAnswer, AttemptStep
from lms.exams.selectors.folding import SlotState, fold, stored
from lms.exams.validators import NotAnAnswer, clean_answer
from lms.kernel.refusals import Conflict, Refusal

MOST_STEPS = 100_000


class BadStep(Refusal):
    code = "bad-step"
    message = _("This step cannot be read: its number, kind or question is not of this paper.")


class BadAnswer(Refusal):
    code = "bad-answer"
    message = _("This is not an answer to question %(slot)s. Choose one of its options, or type a number.")


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


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What the sender of a step is told; for the same step the same for ever."""

    seq: int
    saved_at: datetime


def hold(attempt: Attempt) -> Attempt:
    """The attempt's row, locked until the transaction ends, with its paper."""
    return (
        Attempt.objects.select_for_update(of=("self",)).select_related("seat__paper", "seat__exam").get(pk=attempt.pk)
    )


def _item(attempt: Attempt, slot: int | None) -> dict[str, Any]:
    for item in attempt.seat.paper.items:
        if item["slot"] == slot:
            return dict(item)
    raise BadStep


def _clean(attempt: Attempt, kind: str, slot: int | None, answer: Any) -> tuple[int | None, Any]:
    if kind not in SLOT_KINDS:
        return None, None
    item = _item(attempt, slot)
    if kind == StepKind.FLAG:
        return slot, bool(answer)
    try:
        return slot, clean_answer(item, answer)
    except NotAnAnswer:
        raise BadAnswer(slot=slot) from None


def _neighbours(step: AttemptStep) -> list[AttemptStep]:
    """The steps that decide what becomes of `step`: of its number, the newest, and later ones of its slot."""
    steps = AttemptStep.objects.filter(attempt=step.attempt_id)
    newest = steps.order_by("-seq").values("seq")[:1]
    return list(
        steps.filter(
            Q(client_seq=step.client_seq) | Q(seq=Subquery(newest)) | Q(slot=step.slot, kind__in=SLOT_KINDS)
        ).order_by("seq")
    )


def _same(one: AttemptStep, other: AttemptStep) -> bool:
    return (one.kind, one.slot, one.answer) == (other.kind, other.slot, other.answer)


def _refuse_if_closed(attempt: Attempt, now: datetime) -> None:
    if not attempt.is_open:
        raise AlreadyHandedIn
    if now > attempt.accepts_until:
        raise TimeIsUp


def _keep_fold(attempt: Attempt, slot: int, steps: list[AttemptStep]) -> None:
    """Bring the slot's row to the fold of its steps, in one statement."""
    state = fold(step for step in steps if step.slot == slot)[slot]
    AttemptAnswer.objects.bulk_create(
        [AttemptAnswer(attempt=attempt, slot=slot, **asdict(state))],
        update_conflicts=True,
        unique_fields=["attempt", "slot"],
        update_fields=["answer", "answer_seq", "flagged", "flag_seq"],
    )


@transaction.atomic
def save_step(
    *, attempt: Attempt, client_seq: int, kind: str, slot: int | None, answer: Any, now: datetime, actor: str
) -> StepOutcome:
    """Write one step; the same step again answers the same, another one under its number is refused.

    A window numbers its steps from what it has seen. If its number is taken by another step, the exam
    went on elsewhere, and the window is told so.
    """
    if kind not in SENT_KINDS or not 1 <= client_seq <= MOST_STEPS:
        raise BadStep
    held = hold(attempt)
    slot, answer = _clean(held, kind, slot, answer)
    step = AttemptStep(attempt=held, client_seq=client_seq, kind=kind, slot=slot, answer=answer, at=now, actor=actor)
    before = _neighbours(step)
    twin = next((each for each in before if each.client_seq == client_seq), None)
    if twin and _same(twin, step):
        return StepOutcome(twin.seq, twin.at)
    _refuse_if_closed(held, now)
    if twin:
        raise StaleWindow
    step.seq = before[-1].seq + 1 if before else 1
    step.save(force_insert=True)
    if slot is not None:
        _keep_fold(held, slot, [*before, step])
    return StepOutcome(step.seq, step.at)


@transaction.atomic
def save_page(
    *, attempt: Attempt, client_seq: int, slot: int, answers: list[str], flagged: bool, now: datetime, actor: str
) -> int:
    """Save one question as a plain form sends it: its answer and its flag, where they changed.

    Gives the number of steps written. A form sent twice writes nothing the second time.
    """
    item = _item(attempt, slot)
    answer: Any = answers if item["kind"] == QuestionKind.MULTIPLE else "".join(answers[-1:]) or None
    there = stored(attempt).get(slot, SlotState())
    changes = [(StepKind.SAVE, answer)] if _clean(attempt, StepKind.SAVE, slot, answer)[1] != there.answer else []
    changes += [(StepKind.FLAG, flagged)] if flagged != there.flagged else []
    for number, (kind, value) in enumerate(changes, start=client_seq):
        save_step(attempt=attempt, client_seq=number, kind=kind, slot=slot, answer=value, now=now, actor=actor)
    return len(changes)
