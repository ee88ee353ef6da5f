"""What this room registers, and what it hears from the rooms below."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from lms.exams.enums import AttemptState
from lms.exams.models import Attempt, Result
from lms.exams.services import checking  # noqa: F401 -- registers what is looked through
from lms.exams.services.results import release
from lms.exams.services.scripts import seal_scripts, waits_for_marks
from lms.exams.services.statistics import ask_later
from lms.exams.signals import result_released
from lms.marking.signals import script_decided

OURS = "exams.attempt:"


def _attempt(source: str) -> Attempt | None:
    """The attempt that a script comes from; nothing for scripts of other rooms."""
    if not source.startswith(OURS):
        return None
    uid, _slot = source.removeprefix(OURS).split(":")
    return Attempt.objects.select_related("seat__exam", "seat__paper", "seat__person").get(uid=UUID(uid))


@receiver(script_decided, dispatch_uid="exams.script-decided")
def release_when_marked(sender: Any, *, source: str, now: datetime, **rest: Any) -> None:
    """The last essay of an attempt has its points: the result is written, and its scripts are sealed.

    An attempt that was declared void meanwhile has no result, whatever its scripts are given.
    """
    attempt = _attempt(source)
    if attempt is None or attempt.state == AttemptState.VOID or waits_for_marks(attempt) or attempt.results.exists():
        return
    release(attempt=attempt, now=now)
    seal_scripts(attempt=attempt, now=now)


@receiver(result_released, dispatch_uid="exams.statistics")
def have_statistics_computed(sender: Any, *, result: Result, now: datetime, **rest: Any) -> None:
    """Results change what is known of the questions."""
    ask_later(exam_id=result.attempt.seat.exam_id, now=now)
