"""The life of an attempt: begun by the server's clock, ended by hand or by that clock, marked at once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import AttemptState, StepKind
from lms.exams.models import Attempt, AttemptStep, Seat
from lms.exams.selectors.timing import grace
from lms.exams.services.fingerprint import short_code
from lms.exams.services.results import release
from lms.exams.services.steps import hold, save_step
from lms.jobs.services.queue import enqueue
from lms.kernel.refusals import Conflict

__all__ = ["Receipt", "close", "close_overdue", "save_step", "start", "submit"]

SYSTEM = "system:exams"
CLOSE = "exams.close-attempt"


class NotOpenYet(Conflict):
    code = "exam-not-open"
    message = _("This exam has not opened yet. Come back at the time on your ticket.")


class RoomClosed(Conflict):
    code = "exam-closed"
    message = _("This exam is closed. Ask your training base for the next date.")


class AlreadySat(Conflict):
    code = "already-sat"
    message = _("You have sat this exam already. The result stands on its page.")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is handed to a person who hands in; asked again, the same."""

    code: str
    ended_at: datetime
    state: AttemptState


@transaction.atomic
def start(*, seat: Seat, now: datetime) -> Attempt:
    """Sit down to the paper: the deadline is set here, once. Asked again, the attempt that is under way."""
    held = Seat.objects.select_for_update(of=("self",)).select_related("exam", "paper").get(pk=seat.pk)
    last = held.attempts.order_by("-no").first()
    if last and last.is_open:
        return last
    if last and last.state != AttemptState.VOID:
        raise AlreadySat
    if now < held.exam.opens_at:
        raise NotOpenYet
    if now >= held.exam.closes_at:
        raise RoomClosed
    deadline = held.deadline(now)
    return Attempt.objects.create(
        seat=held,
        no=last.no + 1 if last else 1,
        paper_hash=held.paper.hash,
        started_at=now,
        deadline_at=deadline,
        accepts_until=deadline + grace(held.exam),
    )


def _receipt(attempt: Attempt) -> Receipt:
    assert attempt.ended_at is not None  # noqa: S101 -- kept by a constraint
    return Receipt(attempt.receipt, attempt.ended_at, AttemptState(attempt.state))


def _end(attempt: Attempt, *, now: datetime, actor: str) -> Receipt:
    """Close a held attempt and release its result."""
    overdue = now > attempt.accepts_until
    last = attempt.steps.aggregate(seq=Max("seq"))["seq"] or 0
    AttemptStep.objects.create(
        attempt=attempt, seq=last + 1, kind=StepKind.SUBMIT, at=now, actor=SYSTEM if overdue else actor
    )
    attempt.state = AttemptState.EXPIRED if overdue else AttemptState.SUBMITTED
    attempt.ended_at = attempt.accepts_until if overdue else now
    attempt.receipt = short_code(f"{attempt.uid}|{attempt.paper_hash}|{attempt.ended_at.isoformat()}", groups=3)
    attempt.save(update_fields=["state", "ended_at", "receipt"])
    release(attempt=attempt, now=now)
    return _receipt(attempt)


@transaction.atomic
def submit(*, attempt: Attempt, now: datetime, actor: str = SYSTEM) -> Receipt:
    """Hand in; handing in twice gives the same receipt. Too late, the attempt closes with what was saved."""
    held = hold(attempt)
    return _end(held, now=now, actor=actor) if held.is_open else _receipt(held)


@transaction.atomic
def close_overdue(*, now: datetime) -> int:
    """Ask for every attempt whose time and grace have run out to be handed in: one job each, so that one
    attempt that cannot be marked keeps nobody else waiting.
    """
    overdue = Attempt.objects.overdue(now).order_by("accepts_until").values_list("pk", flat=True)
    for attempt_id in overdue:
        enqueue(task=CLOSE, key=f"attempt:{attempt_id}", payload={"attempt_id": attempt_id}, now=now)
    return len(overdue)


def close(*, attempt_id: int, now: datetime) -> Receipt:
    """Hand in for somebody whose time has run out."""
    return submit(attempt=Attempt.objects.get(pk=attempt_id), now=now)
