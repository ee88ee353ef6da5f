"""The stored counters of an enrolment, kept up to date with every credit."""

from collections.abc import Iterable
from datetime import datetime

from courses.enums import ItemState
from courses.models import Enrolment, EnrolmentProgress, ItemProgress
from courses.selectors.outlines import items_of


def recount(*, enrolment: Enrolment, last_item_uid: str, now: datetime) -> EnrolmentProgress:
    """Bring the enrolment's counters in line with its items, and remember where the person was."""
    progress = enrolment.progress
    rows = ItemProgress.objects.filter(enrolment=enrolment).only("item_uid", "state", "covered_s", "declared_s")
    for field, value in counters_of(enrolment, rows).items():
        setattr(progress, field, value)
    progress.last_item_uid = last_item_uid
    progress.last_at = now
    progress.save()
    return progress


def counters_of(enrolment: Enrolment, rows: Iterable[ItemProgress]) -> dict[str, int]:
    """The counters as the items of the enrolment's own version tell them."""
    items = items_of(enrolment.course_version)
    own = {item.uid for item in items}
    rows = [row for row in rows if row.item_uid in own]
    # A lesson that was complete before an accepted update keeps the minutes that it was complete with.
    begun = {row.item_uid: row.declared_s for row in rows}
    declared_s = sum(begun.get(item.uid, item.declared_s) for item in items)
    covered_s = sum(row.covered_s for row in rows)
    return {
        "done": sum(row.state == ItemState.COMPLETE for row in rows),
        "total": len(items),
        "covered_s": covered_s,
        "declared_s": declared_s,
        "percent": covered_s * 100 // declared_s if declared_s else 0,
    }
