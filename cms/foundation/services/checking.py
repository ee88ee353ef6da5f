"""Checks of content: each room registers what it can look through; `check_content` asks them all."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `where` names file and place, `code` is for machines, `message` for people."""

    where: str
    code: str
    message: str

    def as_dict(self) -> dict[str, str]:
        """As the command prints it."""
        return asdict(self)


Check = Callable[[], Iterable[Fault]]
_checks: dict[str, Check] = {}


def register_check(name: str) -> Callable[[Check], Check]:
    """Let `check_content` ask this function, under this name, for what is wrong in a room's content."""

    def register(check: Check) -> Check:
        _checks[name] = check
        return check

    return register


def check_names() -> list[str]:
    """What can be checked."""
    return sorted(_checks)


def faults_of_content(names: Iterable[str] = ()) -> list[Fault]:
    """All that is wrong in the content of these checks, or of all, in the order of files."""
    asked = list(names) or check_names()
    return sorted((fault for name in asked for fault in _checks[name]()), key=lambda fault: (fault.where, fault.code))
