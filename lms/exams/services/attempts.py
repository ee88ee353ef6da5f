"""The life of an attempt: begun by the server's clock, ended by hand or by that clock."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import AttemptState, StepKind
from lms.exams.models import Attempt, AttemptStep, Seat
from lms.exams.selectors.folding import answers_of, folded
from lms.exams.selectors.timing import grace
from lms.exams.services.fingerprint import fingerprint, short_code
from lms.exams.services.results import settle
from lms.exams.services.steps import TRIES, AttemptIsVoid, in_turn, save_step
from lms.jobs.services.queue import enqueue
from lms.kernel.refusals import Conflict, NotFound

__all__ = ["Receipt", "close", "close_overdue", "hashed_answers", "save_step", "sit_down", "start", "submit"]

SYSTEM = "system:exams"
CLOSE = "exams.close-attempt"


class NoSuchSeat(NotFound):
    message = _("You have no such seat. Look at the list of your exams.")


class SeatWithdrawn(Conflict):
    code = "seat-withdrawn"
    message = _("Your training base has withdrawn this seat. Ask there why, and for the next date.")


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
    answers_hash: str


def sit_down(*, seats: QuerySet[Seat], now: datetime) -> Attempt:
    """Begin the attempt of the one seat in `seats`: the deadline is set here, once.

    Asked again, the attempt that is under way. One row is written, which is all or nothing by itself; of two
    clicks at one moment the slower finds the attempt of the faster.
    """

    def write() -> Attempt:
        seat = seats.select_related("exam").annotate(paper_hash=F("paper__hash")).first()
        if seat is None:
            raise NoSuchSeat
        sat = list(seat.attempts.order_by("-no"))
        return sat[0] if sat and sat[0].is_open else _begin(seat, sat, now)

    return in_turn(write)


def start(*, seat: Seat, now: datetime) -> Attempt:
    """The same for a seat that is at hand."""
    return sit_down(seats=Seat.objects.filter(pk=seat.pk), now=now)


def _begin(seat: Seat, sat: list[Attempt], now: datetime) -> Attempt:
    exam = seat.exam
    if seat.withdrawn_at:
        raise SeatWithdrawn
    if sum(attempt.state != AttemptState.VOID for attempt in sat) >= exam.attempts_allowed:
        raise AlreadySat
    if now < exam.opens_at:
        raise NotOpenYet
    if now >= exam.closes_at:
        raise RoomClosed
    deadline = seat.deadline(now)
    attempt = Attempt(
        seat=seat,
        no=sat[0].no + 1 if sat else 1,
        paper_hash=seat.paper_hash,  # type: ignore[attr-defined]  # annotated
        started_at=now,
        deadline_at=deadline,
        accepts_until=deadline + grace(exam),
    )
    attempt.save(force_insert=True)
    return attempt


def _receipt(attempt: Attempt) -> Receipt:
    if attempt.ended_at is None:
        raise AttemptIsVoid
    return Receipt(attempt.receipt, attempt.ended_at, AttemptState(attempt.state), attempt.answers_hash)


def hashed_answers(attempt: Attempt) -> str:
    """SHA-256 over the answers as the history holds them; docs/reference/exam-attempt.md says how to work it out."""
    answers = {str(slot): answer for slot, answer in answers_of(folded(attempt)).items()}
    return fingerprint({"answers": answers, "attempt": str(attempt.uid), "paper": attempt.paper_hash})


def _write_the_end(attempt: Attempt, *, now: datetime, actor: str) -> None:
    """The step of handing in takes the next number before the answers are read.

    A save on its way either was before it, and counts, or finds its number taken, looks again, and is told. So
    what was acknowledged is what is handed in.
    """
    for left in reversed(range(TRIES)):
        last = attempt.steps.aggregate(seq=Max("seq"))["seq"] or 0
        step = AttemptStep(attempt=attempt, seq=last + 1, kind=StepKind.SUBMIT, at=now, actor=actor)
        try:
            with transaction.atomic():
                step.save(force_insert=True)
        except IntegrityError:
            if not left:
                raise
        else:
            return


def _end(attempt: Attempt, *, now: datetime, actor: str) -> Receipt:
    """Close a held attempt and have it marked."""
    overdue = now > attempt.accepts_until
    _write_the_end(attempt, now=now, actor=SYSTEM if overdue else actor)
    attempt.state = AttemptState.EXPIRED if overdue else AttemptState.SUBMITTED
    attempt.ended_at = attempt.accepts_until if overdue else now
    attempt.answers_hash = hashed_answers(attempt)
    attempt.receipt = short_code(f"{attempt.uid}|{attempt.paper_hash}|{attempt.ended_at.isoformat()}", groups=3)
    attempt.save(update_fields=["state", "ended_at", "receipt", "answers_hash"])
    settle(attempt=attempt, now=now)
    return _receipt(attempt)


def _hold(attempt: Attempt) -> Attempt:
    """The attempt's row, held until the transaction ends, with its paper.

    Its key is left free: a save that is being written refers to it, and must not wait for us while we wait for
    its number.
    """
    held = Attempt.objects.select_for_update(of=("self",), no_key=True).select_related("seat__paper", "seat__exam")
    return held.get(pk=attempt.pk)


@transaction.atomic
def submit(*, attempt: Attempt, now: datetime, actor: str = SYSTEM) -> Receipt:
    """Hand in; handing in twice gives the same receipt. Too late, the attempt closes with what was saved."""
    held = _hold(attempt)
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
