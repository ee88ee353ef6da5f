"""What the counters should be, read again from claims, settlements and corrections; in batches, whatever the number."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from heapq import merge
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate

from courses.enums import ItemState, PartVerdict
from courses.models import (
    Enrolment,
    EnrolmentProgress,
    ItemProgress,
    StudyCorrection,
    StudyDay,
    StudyInterval,
    StudySettlement,
    VersionAnswer,
)
from courses.selectors.outlines import items_of
from lms.kernel.beijing import BEIJING

from .counting import counters_of
from .holding import lock_study
from .spans import Spans, length, minus, of_verdict, spans_of, union

BATCH = 200
# Stands where a claim has its number.
UPDATE = -1
ITEM_FACTS = ("covered", "covered_s", "waiting", "waiting_s", "state")


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored counter that is not what the rows of study say."""

    enrolment: str
    item_uid: str
    field: str
    stored: Any
    rebuilt: Any


@dataclass(slots=True)
class Tally:
    """One item while its rows are read, the oldest first."""

    covered: Spans = field(default_factory=list)
    waiting: list[list[Any]] = field(default_factory=list)
    declared_s: int | None = None
    last_at: Any = None


def check_progress() -> list[Difference]:
    """Every stored counter that is not what the rows of study say; changes nothing."""
    found = [difference for batch in _batches() for enrolment in _suspects(batch) for difference in _held(enrolment)]
    return [*found, *_day_differences()]


def rebuild_progress() -> list[Difference]:
    """Put right every counter that is not what the rows of study say, and tell which. Whoever studies goes on."""
    mended = [
        difference
        for batch in _batches()
        for enrolment in _suspects(batch)
        for difference in _held(enrolment, mend=True)
    ]
    days = list(_day_differences())
    for difference in days:
        _mend_day(difference)
    return mended + days


def _suspects(batch: list[Enrolment]) -> list[Enrolment]:
    """Enrolments that differ at first sight; a claim that came in meanwhile may be all there is to it."""
    wrong = {difference.enrolment for difference in _differences(batch, _rebuilt(batch))}
    return [enrolment for enrolment in batch if str(enrolment.uid) in wrong]


@transaction.atomic
def _held(enrolment: Enrolment, *, mend: bool = False) -> list[Difference]:
    """What differs while the person's study is locked, and with `mend` does so no more."""
    lock_study(enrolment.person_id)
    batch = list(Enrolment.objects.with_outline().filter(pk=enrolment.pk))
    rebuilt = _rebuilt(batch)
    found = list(_differences(batch, rebuilt))
    if found and mend:
        _mend(batch[0], rebuilt[enrolment.pk])
    return found


def _batches() -> Iterator[list[Enrolment]]:
    after = 0
    while batch := list(Enrolment.objects.with_outline().filter(pk__gt=after).order_by("pk")[:BATCH]):
        yield batch
        after = batch[-1].pk


def _rebuilt(batch: list[Enrolment]) -> dict[int, list[ItemProgress]]:
    """The items of each enrolment as its rows tell them, not saved."""
    tallies: dict[tuple[int, str], Tally] = defaultdict(Tally)
    pks = [enrolment.pk for enrolment in batch]
    sources = (_claims(pks), _settlements(pks), _corrections(pks), _updates(pks))
    for at, _order, enrolment_id, item_uid, pk, no, parts in merge(*sources, key=lambda row: row[:2]):
        _apply(tallies[enrolment_id, item_uid], at, pk, no, parts)
    rows: dict[int, list[ItemProgress]] = {pk: [] for pk in pks}
    declared = {enrolment.pk: {item.uid: item.declared_s for item in _items(enrolment)} for enrolment in batch}
    for (enrolment_id, item_uid), tally in tallies.items():
        declared_s = tally.declared_s or declared[enrolment_id].get(item_uid)
        if (tally.covered or tally.waiting) and declared_s:
            rows[enrolment_id].append(_item(enrolment_id, item_uid, tally, declared_s))
    return rows


def _items(enrolment: Enrolment) -> list[Any]:
    return items_of(enrolment.course_version)


def _apply(tally: Tally, at: datetime, pk: int, no: int | None, parts: list[Any]) -> None:
    if pk == UPDATE:
        tally.covered, tally.declared_s = parts
        return
    taken = of_verdict(parts, "taken")
    tally.covered = minus(union(tally.covered, of_verdict(parts, PartVerdict.CREDITED)), taken)
    tally.waiting += [[start, end, pk, no] for start, end in of_verdict(parts, PartVerdict.PENDING)]
    tally.last_at = at


Told = tuple[datetime, int, int, str, int, int | None, list[Any]]


def _claims(pks: list[int]) -> Iterator[Told]:
    """Claims of which something was credited or pending, the oldest first; what was settled waits no more.

    A clock that was set back may have settled a claim before it came in, so that their order says nothing.
    """
    rows = StudyInterval.objects.filter(lease__enrolment__in=pks, spent_s__gt=0).order_by("received_at", "pk")
    names = (
        "received_at",
        "lease__enrolment_id",
        "lease__item_uid",
        "pk",
        "lease__challenge_no",
        "parts",
        "settlement__pk",
    )
    for at, enrolment_id, item_uid, pk, no, parts, settled in rows.values_list(*names).iterator():
        left = [part for part in parts if settled is None or part[2] != PartVerdict.PENDING]
        yield at, 0, enrolment_id, item_uid, pk, no, left


def _settlements(pks: list[int]) -> Iterator[Told]:
    rows = StudySettlement.objects.filter(interval__lease__enrolment__in=pks).order_by("at", "pk")
    names = ("at", "interval__lease__enrolment_id", "interval__lease__item_uid", "pk", "parts")
    for at, enrolment_id, item_uid, pk, parts in rows.values_list(*names).iterator():
        yield at, 1, enrolment_id, item_uid, pk, None, parts


def _corrections(pks: list[int]) -> Iterator[Told]:
    """Corrections in the form of divided claims; what a base took back is `taken`."""
    rows = StudyCorrection.objects.filter(enrolment__in=pks).order_by("at", "pk")
    for at, enrolment_id, item_uid, minutes, parts in rows.values_list(
        "at", "enrolment_id", "item_uid", "minutes", "parts"
    ).iterator():
        verdict = PartVerdict.CREDITED if minutes > 0 else "taken"
        yield at, 2, enrolment_id, item_uid, 0, None, [[start, end, verdict, ""] for start, end in parts]


def _updates(pks: list[int]) -> Iterator[Told]:
    """What accepted updates made of lessons that had been begun and declare other minutes since."""
    rows = VersionAnswer.objects.filter(enrolment__in=pks, carried__isnull=False).order_by("at", "pk")
    for at, enrolment_id, carried in rows.values_list("at", "enrolment_id", "carried").iterator():
        for item_uid, fitted in (carried or {}).items():
            yield at, 3, enrolment_id, item_uid, UPDATE, None, [fitted["covered"], fitted["declared_s"]]


def _item(enrolment_id: int, item_uid: str, tally: Tally, declared_s: int) -> ItemProgress:
    covered_s = length(tally.covered)
    full = covered_s == declared_s
    return ItemProgress(
        enrolment_id=enrolment_id,
        item_uid=item_uid,
        covered=tally.covered,
        covered_s=covered_s,
        waiting=sorted(tally.waiting, key=lambda entry: (entry[2], entry[0])),
        waiting_s=length(spans_of(tally.waiting)),
        declared_s=declared_s,
        state=ItemState.COMPLETE if full else ItemState.STARTED,
        last_at=tally.last_at,
        completed_at=tally.last_at if full else None,
    )


def _differences(batch: list[Enrolment], rebuilt: dict[int, list[ItemProgress]]) -> Iterator[Difference]:
    stored: dict[int, list[ItemProgress]] = defaultdict(list)
    for row in ItemProgress.objects.filter(enrolment__in=batch):
        stored[row.enrolment_id].append(row)
    for enrolment in batch:
        counters = counters_of(enrolment, rebuilt[enrolment.pk])
        now = {field: getattr(enrolment.progress, field) for field in counters}
        pairs = _pairs(stored[enrolment.pk], rebuilt[enrolment.pk])
        for item_uid, before, after in [*pairs, ("", now, counters)]:
            for name in sorted(before.keys() | after.keys()):
                if before.get(name) != after.get(name):
                    yield Difference(str(enrolment.uid), item_uid, name, before.get(name), after.get(name))


def _pairs(stored: list[ItemProgress], rebuilt: list[ItemProgress]) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    one, two = ({row.item_uid: _facts(row) for row in rows} for rows in (stored, rebuilt))
    return [(item_uid, one.get(item_uid, {}), two.get(item_uid, {})) for item_uid in sorted(one.keys() | two.keys())]


def _facts(row: ItemProgress) -> dict[str, Any]:
    """What is compared; an item taken back to nothing is as good as one never begun."""
    return {name: getattr(row, name) for name in ITEM_FACTS} if row.covered_s or row.waiting_s else {}


def _mend(enrolment: Enrolment, rows: list[ItemProgress]) -> None:
    ItemProgress.objects.filter(enrolment=enrolment).delete()
    ItemProgress.objects.bulk_create(rows)
    EnrolmentProgress.objects.filter(enrolment=enrolment).update(**counters_of(enrolment, rows))


def _day_differences() -> Iterator[Difference]:
    """Days whose sum is not that of the claims and settlements lived in them."""
    rebuilt = _days_of(StudyInterval.objects.all())
    stored = StudyDay.objects.filter(credited_s__gt=0).order_by("person_id", "day")
    rows = merge(
        ((person, day, "rebuilt", seconds) for person, day, seconds in rebuilt.iterator()),
        ((*row[:2], "stored", row[2]) for row in stored.values_list("person_id", "day", "credited_s").iterator()),
        key=lambda row: row[:2],
    )
    for (person, day), both in groupby(rows, key=lambda row: row[:2]):
        figures = {name: seconds for _person, _day, name, seconds in both}
        if figures.get("stored", 0) != figures.get("rebuilt", 0):
            yield Difference(f"person {person}", str(day), "credited_s", figures.get("stored"), figures.get("rebuilt"))


def _days_of(intervals: "QuerySet[StudyInterval]") -> "QuerySet[Any, Any]":
    """The seconds credited for each person and day, in that order."""
    return (
        intervals.order_by()
        .values(person=F("lease__person_id"), day=TruncDate("lease__issued_at", tzinfo=BEIJING))
        .annotate(seconds=Sum("accepted_s") + Coalesce(Sum("settlement__accepted_s"), 0))
        .filter(seconds__gt=0)
        .order_by("person", "day")
        .values_list("person", "day", "seconds")
    )


@transaction.atomic
def _mend_day(difference: Difference) -> None:
    """Write the day's sum as it is once the person's study is locked."""
    person = int(difference.enrolment.removeprefix("person "))
    lock_study(person)
    day = date.fromisoformat(difference.item_uid)
    seconds = next(
        (
            its
            for _person, its_day, its in _days_of(StudyInterval.objects.filter(lease__person=person))
            if its_day == day
        ),
        0,
    )
    StudyDay.objects.update_or_create(person_id=person, day=day, defaults={"credited_s": seconds})
