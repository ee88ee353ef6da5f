"""What credited seconds change: the item, the day, the counters, and the hours when something is complete."""

from datetime import datetime
from typing import TYPE_CHECKING

from courses.enums import ItemState
from courses.models import Enrolment, ItemProgress

from .ceilings import book, day_of
from .completing import complete_item
from .counting import recount
from .spans import length, union

if TYPE_CHECKING:
    from courses.models import StudyLease

    from .spans import Spans


def add(progress: ItemProgress, seconds: "Spans", now: datetime) -> None:
    """Put credited seconds to the item's own; complete means that the declared seconds are all there."""
    progress.covered = union(progress.covered, seconds)
    progress.covered_s = length(progress.covered)
    progress.last_at = now
    if progress.covered_s == progress.declared_s:
        progress.state = ItemState.COMPLETE
        progress.completed_at = progress.completed_at or now


def credit(*, lease: "StudyLease", progress: ItemProgress, seconds: "Spans", now: datetime) -> None:
    """Add seconds lived under the lease, and book them to the day in which they were lived."""
    if seconds:
        add(progress, seconds, now)
        book(person_id=lease.person_id, day=day_of(lease.issued_at), seconds=length(seconds))


def write(*, enrolment: Enrolment, progress: ItemProgress, was_complete: bool, now: datetime) -> None:
    """Save the item, bring the counters in line, and let follow what follows from completion."""
    progress.save()
    recount(enrolment=enrolment, last_item_uid=progress.item_uid, now=now)
    if progress.state == ItemState.COMPLETE and not was_complete:
        complete_item(enrolment=enrolment, item_uid=progress.item_uid, now=now)
