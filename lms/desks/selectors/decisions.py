"""Decisions that wait, for the desks of those who prepare and approve them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from certificates.enums import DecisionState
from certificates.selectors.decisions import decisions_page

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from certificates.models import Decision
    from lms.accounts.models import User

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first decisions that wait to be approved or refused; `count` stops at one page of them."""

    first: tuple["Decision", ...]
    count: int
    many: bool


def decisions_waiting(user: "User | AnonymousUser") -> Waiting:
    """What waits at the organisations of `user`, oldest work first as its page shows it (two queries)."""
    page = decisions_page(user, 1)
    waiting = [each for each in page.object_list if each.state == DecisionState.PREPARED]
    whole_page = len(waiting) == len(page.object_list) and page.has_next()
    return Waiting(tuple(waiting[:SHOWN]), len(waiting), whole_page)
