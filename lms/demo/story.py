"""What the steps of a journey hand on to each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lms.kernel.clock import HeldClock
from lms.kernel.refusals import Refusal

from . import cast
from .seeding import Seeded
from .visiting import Visitor

if TYPE_CHECKING:
    from lms.accounts.models import Person


class StepFailed(Refusal):
    """The platform did not come to what the story needs."""

    code = "journey-step-failed"
    message = "%(step)s: %(why)s"


@dataclass(frozen=True)
class Report:
    """One step as journey.json has it; `ref` names what the step made."""

    step: str
    ok: bool
    seconds: float
    ref: str


@dataclass
class Story:
    """What the steps hand on to each other."""

    folder: Path
    seed: int
    clock: HeldClock
    seeded: Seeded
    learner: cast.Learner
    trainee: Visitor
    manager: Visitor
    certifier: Visitor
    stranger: Visitor
    person: "Person | None" = None
    found: dict[str, Any] = field(default_factory=dict)

    @property
    def whom(self) -> "Person":
        """The trainee, once there is one."""
        if self.person is None:
            raise StepFailed(step="roster", why="there is no trainee yet")
        return self.person

    def later(self, **step: float) -> datetime:
        """Let time pass."""
        return self.clock.advance(timedelta(**step))

    def expect(self, condition: object, step: str, why: str) -> None:
        """End the story unless `condition` holds."""
        if not condition:
            raise StepFailed(step=step, why=why)


Step = Callable[[Story], str]
