"""Notes of left windows: told before the start, shown to their person, deleted after the term of appeal."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from lms.exams.enums import FOCUS_KINDS
from lms.exams.models import FocusNote
from lms.exams.selectors.focus import attempts_to_forget
from lms.exams.selectors.grounds import Desk, ground_of
from lms.exams.services.steps import BadStep, NoSuchAttempt, StepOutcome, refuse_if_closed

# Two notes a second for eleven days: longer than any exam.
MOST_NOTES = 2_000_000
BATCH = 500


def note_focus(*, desk: Desk, client_seq: int, kind: str, now: datetime) -> StepOutcome:
    """Keep that the window was left or taken up again; sent twice it is one note.

    Half of `client_seq` is the second of the attempt in which it happened, so that a note that waited for a
    connection says when that was, and two windows that are left at one moment make one note.
    """
    if kind not in FOCUS_KINDS or not 1 <= client_seq <= MOST_NOTES:
        raise BadStep
    ground = ground_of(desk, client_seq=0, slot=None)
    if ground is None:
        raise NoSuchAttempt
    refuse_if_closed(ground, now)
    at = min(now, ground.started_at + timedelta(seconds=client_seq // 2))
    note = FocusNote(attempt_id=ground.attempt_id, client_seq=client_seq, kind=kind, at=at)
    FocusNote.objects.bulk_create([note], ignore_conflicts=True)
    return StepOutcome(0, at)


@transaction.atomic
def forget_focus(*, now: datetime) -> int:
    """Delete the notes of attempts that nobody can appeal about any more; gives how many there were."""
    forgotten = 0
    for batch in _batches(attempts_to_forget(now)):
        forgotten += FocusNote.objects.filter(attempt__in=batch).delete()[0]
    return forgotten


def _batches(attempt_ids: Iterable[int]) -> Iterable[list[int]]:
    ids = list(attempt_ids)
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
