"""Reminders of rounds that are due: two days before, and on the day after."""

from datetime import datetime, timedelta

from django.db.models import Count, Q

from lms.kernel.beijing import BEIJING
from lms.mailing.selectors.notices import told_since
from lms.marking.enums import AllocationState, RoundState
from lms.marking.models import RoundMarker

from .telling import tell_due

WAKING_HOURS = range(8, 21)  # by the Beijing clock; nobody is woken by a reminder
BEFORE = timedelta(days=2)
AFTER = timedelta(days=2)


def remind(*, now: datetime) -> int:
    """Tell everybody who has scripts open in a round that is nearly due or has just been; answers how many.

    A reminder is known by round, marker, day and whether it is over, so that each is told once.
    """
    if now.astimezone(BEIJING).hour not in WAKING_HOURS:
        return 0
    waiting = Count("allocations", filter=Q(allocations__state=AllocationState.OPEN))
    markers = (
        RoundMarker.objects.filter(
            round__state=RoundState.OPEN,
            round__due_at__gt=now - AFTER,
            round__due_at__lte=now + BEFORE,
            left_at__isnull=True,
            user__is_active=True,
        )
        .annotate(waiting=waiting)
        .filter(waiting__gt=0)
        .select_related("user", "round__organisation")
    )
    known = {ref for _user, ref in told_since("marking-due", now - BEFORE - 2 * AFTER)}
    told = 0
    for marker in markers:
        due = marker.round.due_at
        assert due is not None  # noqa: S101 -- asked for above
        phase = "over" if due < now else "soon"
        ref = f"marking.due:{marker.pk}:{due.isoformat()}:{phase}"
        if ref not in known:
            tell_due(marker, waiting=marker.waiting, subject_ref=ref, now=now)
            told += 1
    return told
