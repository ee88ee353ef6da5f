"""The stored counters: kept up to date with every credit, and rebuilt from intervals when asked."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.enums import ItemState
from courses.models import Enrolment, EnrolmentProgress, ItemProgress, StudyInterval
from courses.selectors.outlines import items_of

from .spans import Spans, length, union

BATCH = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored counter that is not what the intervals say."""

    enrolment: str
    item_uid: str
    field: str
    stored: Any
    rebuilt: Any


def recount(*, enrolment: Enrolment, last_item_uid: str, now: datetime) -> EnrolmentProgress:
    """Bring the enrolment's counters in line with its items, and remember where the person was."""
    progress = enrolment.progress
    for field, value in _counters(enrolment, list(ItemProgress.objects.filter(enrolment=enrolment))).items():
        setattr(progress, field, value)
    progress.last_item_uid = last_item_uid
    progress.last_at = now
    progress.save()
    return progress


def _counters(enrolment: Enrolment, rows: list[ItemProgress]) -> dict[str, int]:
    items = items_of(enrolment.course_version)
    declared_s = sum(item.declared_s for item in items)
    covered_s = sum(row.covered_s for row in rows)
    return {
        "done": sum(row.state == ItemState.COMPLETE for row in rows),
        "total": len(items),
        "covered_s": covered_s,
        "declared_s": declared_s,
        "percent": covered_s * 100 // declared_s if declared_s else 0,
    }


def check_progress() -> list[Difference]:
    """Every stored counter that is not what the intervals say; changes nothing."""
    return [difference for enrolment in _all_enrolments() for difference in _differences(enrolment)]


@transaction.atomic
def rebuild_progress() -> list[Difference]:
    """Put right every counter that is not what the intervals say, and tell which."""
    mended = []
    for enrolment in _all_enrolments():
        found = _differences(enrolment)
        if found:
            _mend(enrolment)
            mended += found
    return mended


def _all_enrolments() -> Iterator[Enrolment]:
    return Enrolment.objects.with_outline().order_by("pk").iterator(chunk_size=BATCH)


def _item_facts(row: ItemProgress | None) -> dict[str, Any]:
    return {} if row is None else {"covered": row.covered, "covered_s": row.covered_s, "state": row.state}


def _differences(enrolment: Enrolment) -> list[Difference]:
    stored = {row.item_uid: row for row in ItemProgress.objects.filter(enrolment=enrolment)}
    rebuilt = {row.item_uid: row for row in _rebuilt_items(enrolment)}
    item_facts = [
        (item_uid, _item_facts(stored.get(item_uid)), _item_facts(rebuilt.get(item_uid)))
        for item_uid in sorted(stored.keys() | rebuilt.keys())
    ]
    counters = _counters(enrolment, list(rebuilt.values()))
    item_facts.append(("", {field: getattr(enrolment.progress, field) for field in counters}, counters))
    return [
        Difference(str(enrolment.uid), item_uid, field, before.get(field), after.get(field))
        for item_uid, before, after in item_facts
        for field in sorted(before.keys() | after.keys())
        if before.get(field) != after.get(field)
    ]


def _rebuilt_items(enrolment: Enrolment) -> list[ItemProgress]:
    """The items' progress as the intervals tell it, not saved."""
    declared = {item.uid: item.declared_s for item in items_of(enrolment.course_version)}
    accepted: dict[str, list[Spans]] = defaultdict(list)
    last_at: dict[str, datetime] = {}
    credited = StudyInterval.objects.filter(lease__enrolment=enrolment, accepted_s__gt=0)
    for item_uid, pairs, at in credited.values_list("lease__item_uid", "accepted", "received_at"):
        accepted[item_uid].append(pairs)
        last_at[item_uid] = at
    rows = []
    for item_uid, sets in accepted.items():
        covered = union(*sets)
        full = length(covered) == declared[item_uid]
        rows.append(
            ItemProgress(
                enrolment=enrolment,
                item_uid=item_uid,
                covered=covered,
                covered_s=length(covered),
                declared_s=declared[item_uid],
                state=ItemState.COMPLETE if full else ItemState.STARTED,
                last_at=last_at[item_uid],
                completed_at=last_at[item_uid] if full else None,
            )
        )
    return rows


def _mend(enrolment: Enrolment) -> None:
    rows = _rebuilt_items(enrolment)
    ItemProgress.objects.filter(enrolment=enrolment).delete()
    ItemProgress.objects.bulk_create(rows)
    EnrolmentProgress.objects.filter(enrolment=enrolment).update(**_counters(enrolment, rows))
