"""A job in the hands of one worker: its figures, its lease, and the moment in which its effect counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from lms.jobs.enums import JobState
from lms.jobs.models import Job


class LeaseLost(Exception):
    """Another worker took the job, or somebody cancelled it: nothing of this attempt may be written."""


@dataclass(slots=True)
class JobContext:
    """What a handler knows of its job. `attempt` is the fence: an older attempt writes nothing any more."""

    id: int
    task: str
    key: str
    owner: str
    attempt: int
    lease: timedelta
    clock: Callable[[], datetime]
    finished: bool = field(default=False, init=False)

    def _update(self, **values: Any) -> None:
        mine = Job.objects.filter(pk=self.id, state=JobState.RUNNING, attempts=self.attempt)
        if not mine.update(**values):
            raise LeaseLost(f"{self.task} {self.id}, attempt {self.attempt}")

    def renew(self) -> None:
        """Keep the job for another lease."""
        self._update(lease_until=self.clock() + self.lease)

    def report(self, *, progress: int, total: int) -> None:
        """Say how far the work is, and keep the job for another lease."""
        self._update(progress=progress, total=total, lease_until=self.clock() + self.lease)

    @contextmanager
    def finish(self) -> Iterator[None]:
        """Write the effect inside: it and `done` are committed together, or neither is."""
        with transaction.atomic():
            yield
            self._update(state=JobState.DONE, lease_until=None, ended_at=self.clock(), error="")
        self.finished = True
