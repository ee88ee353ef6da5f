"""Work that comes round: any worker may tick, each round is started once."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from lms.jobs.models import Recurrence

from . import registry
from .queue import enqueue

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ROUND = "round"


def next_round(now: datetime, every: timedelta) -> datetime:
    """The first moment after `now` on the grid of `every`, so that restarts do not shift the rounds."""
    return _EPOCH + ((now - _EPOCH) // every + 1) * every


@transaction.atomic
def _start(task: registry.Task, row: Recurrence, now: datetime, every: timedelta) -> bool:
    """Move the row forward; whoever moved it starts the round. A round still open is not doubled."""
    moved = Recurrence.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=next_round(now, every))
    if moved:
        enqueue(task=task.name, key=ROUND, payload={}, now=now)
    return bool(moved)


def tick(*, now: datetime) -> int:
    """Start the rounds that are due, and give their number. A task seen for the first time starts at once."""
    tasks = registry.recurring_tasks()
    known = {row.task: row for row in Recurrence.objects.filter(task__in=[task.name for task in tasks])}
    started = 0
    for task in tasks:
        row = known.get(task.name)
        if row is None:
            row, _created = Recurrence.objects.get_or_create(task=task.name, defaults={"next_at": now})
        if task.every and row.next_at <= now:
            started += _start(task, row, now, task.every)
    return started
