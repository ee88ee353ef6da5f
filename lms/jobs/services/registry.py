"""Which tasks there are: every room's `tasks.py` names its handlers here when Django starts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

Handler = Callable[..., None]

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 8


class UnknownTask(LookupError):
    """No installed room has a handler of this name."""


@dataclass(frozen=True, slots=True)
class Task:
    """A named kind of work and how it is carried out."""

    name: str
    handler: Handler
    atomic: bool
    lease: timedelta
    max_attempts: int
    every: timedelta | None = None


_tasks: dict[str, Task] = {}


def _add(task: Task) -> Task:
    known = _tasks.get(task.name)
    if known and known.handler.__module__ != task.handler.__module__:
        raise ValueError(f"{task.name} is handled in {known.handler.__module__} already")
    _tasks[task.name] = task
    return task


def job(
    name: str, *, atomic: bool = True, lease: timedelta = LEASE, max_attempts: int = MAX_ATTEMPTS
) -> Callable[[Handler], Handler]:
    """Register `def handler(*, job: JobContext, now, **payload) -> None` under its lasting name.

    The handler runs in one transaction with its own `done`. Work that takes seconds (SMTP, PDF) says
    `atomic=False`: it runs outside a transaction, and writes its effect inside `with job.finish():`.
    """

    def register(handler: Handler) -> Handler:
        _add(Task(name, handler, atomic, lease, max_attempts))
        return handler

    return register


def recurring(
    name: str, *, every: timedelta, atomic: bool = True, lease: timedelta = LEASE
) -> Callable[[Handler], Handler]:
    """Register a handler without payload that comes round `every` so often.

    One attempt a round: the next round is the repetition.
    """

    def register(handler: Handler) -> Handler:
        _add(Task(name, handler, atomic, lease, max_attempts=1, every=every))
        return handler

    return register


def find(name: str) -> Task:
    """The task of this name."""
    try:
        return _tasks[name]
    except KeyError:
        raise UnknownTask(name) from None


def recurring_tasks() -> list[Task]:
    """Tasks that come round, by name."""
    return sorted((task for task in _tasks.values() if task.every), key=lambda task: task.name)


def describe() -> list[dict[str, Any]]:
    """Every task with its lease, attempts and period in seconds, for the reference and for operators."""
    return [
        {
            "task": task.name,
            "lease": task.lease.total_seconds(),
            "max_attempts": task.max_attempts,
            "every": task.every.total_seconds() if task.every else None,
        }
        for _name, task in sorted(_tasks.items())
    ]
