"""Studying on behalf of invented people: a demonstration that is full of life has thousands of studied minutes.

The rows are those that `grant_lease`, `answer_challenge` and `credit_interval` write when a page renews its lease
as it ends, which a test holds side by side; here those of a sitting are written in one go. What follows from a
lesson that is complete goes through its own verb.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.enums import ItemState
from courses.models import Enrolment, ItemProgress, PresenceAnswer, StudyInterval, StudyLease
from courses.selectors.outlines import items_of
from lms.kernel.demo import is_demo
from lms.kernel.refusals import NotAllowed
from lms.schemes.selectors.study_rules import StudyRules, study_rules_of

from .ceilings import book, day_left, day_of, midnight_after
from .completing import complete_item
from .counting import recount
from .crediting import add
from .leases import grounds, lease_after

if TYPE_CHECKING:
    from courses.selectors.outlines import Item

# How long an invented reader takes to say that they are there.
NOTICED = timedelta(seconds=9)


class NobodyStudiesForOthers(NotAllowed):
    """Outside a demonstration every minute is studied by the person it is counted for."""

    code = "rehearsal-outside-demonstration"
    message = _("Study is rehearsed in demonstrations only.")


@dataclass(slots=True)
class Sitting:
    """One reader for some hours: what the next lease is granted on, and the rows that are not written yet."""

    enrolment: Enrolment
    rules: StudyRules
    ground: Any
    items: dict[str, ItemProgress]
    left: dict[date, int] = field(default_factory=dict)
    booked: Counter[date] = field(default_factory=Counter)
    leases: list[StudyLease] = field(default_factory=list)
    intervals: list[StudyInterval] = field(default_factory=list)
    answers: list[PresenceAnswer] = field(default_factory=list)
    touched: dict[str, ItemProgress] = field(default_factory=dict)
    completed: list[ItemProgress] = field(default_factory=list)


@transaction.atomic
def study_on(*, enrolment: Enrolment, minutes: int, now: datetime) -> datetime:
    """Study for `minutes` from `now`, lesson after lesson where the person left off; gives the moment it ended.

    A day that is full is followed by the next; nobody reads across midnight.
    """
    if not is_demo():
        raise NobodyStudiesForOthers
    sitting, seconds = _sit_down(enrolment), minutes * 60
    while seconds > 0 and (item := _next_item(sitting)):
        progress = _progress_of(sitting, item)
        now = _within_the_day(sitting, now)
        spell = min(seconds, item.declared_s - progress.covered_s, _room(sitting, now))
        for part in _steps(spell, sitting.rules.lease_s):
            now = _one_lease(sitting, item, part, now)
        seconds -= spell
    if sitting.leases:
        _write(sitting, now)
    return now


def _sit_down(enrolment: Enrolment) -> Sitting:
    ground = grounds(Enrolment.objects.filter(pk=enrolment.pk), "").get()
    items = {row.item_uid: row for row in ItemProgress.objects.filter(enrolment=enrolment)}
    return Sitting(ground, study_rules_of(ground.scheme_version), ground, items)


def _next_item(sitting: Sitting) -> "Item | None":
    """Where the way of the course leads: the item read last, else the first that is not complete."""
    missing = [item for item in items_of(sitting.enrolment.course_version) if not _is_complete(sitting, item)]
    last = sitting.enrolment.progress.last_item_uid
    return next((item for item in missing if item.uid == last), missing[0] if missing else None)


def _is_complete(sitting: Sitting, item: "Item") -> bool:
    row = sitting.items.get(item.uid)
    return row is not None and row.state == ItemState.COMPLETE


def _progress_of(sitting: Sitting, item: "Item") -> ItemProgress:
    fresh = ItemProgress(enrolment=sitting.enrolment, item_uid=item.uid, declared_s=item.declared_s)
    sitting.enrolment.progress.last_item_uid = item.uid
    return sitting.touched.setdefault(item.uid, sitting.items.setdefault(item.uid, fresh))


def _within_the_day(sitting: Sitting, now: datetime) -> datetime:
    """`now`, or the same hour of the next day that holds another lease."""
    while _room(sitting, now) < sitting.rules.lease_s:
        late = midnight_after(now) - now < timedelta(seconds=sitting.rules.lease_s)
        now = midnight_after(now) if late else now + timedelta(days=1)
    return now


def _room(sitting: Sitting, now: datetime) -> int:
    """Whole leases that the day still holds, in seconds."""
    day, person_id, rules = day_of(now), sitting.enrolment.person_id, sitting.rules
    if day not in sitting.left:
        sitting.left[day] = day_left(person_id=person_id, day=day, rules=rules)
    until_midnight = int((midnight_after(now) - now).total_seconds())
    return min(sitting.left[day] - sitting.booked[day], until_midnight) // rules.lease_s * rules.lease_s


def _steps(seconds: int, most: int) -> Iterator[int]:
    while seconds > 0:
        yield min(seconds, most)
        seconds -= most


def _noticed(lease: StudyLease, end: datetime) -> datetime | None:
    """When the reader answers the question that falls due under the lease, if one does."""
    return min(lease.challenge_at + NOTICED, end) if lease.challenge_at <= end else None


def _one_lease(sitting: Sitting, item: "Item", seconds: int, now: datetime) -> datetime:
    """A lease, its question answered if one fell due, and one claim at its end."""
    lease = lease_after(sitting.ground, item, sitting.rules, continues=False, now=now)
    end = now + timedelta(seconds=seconds)
    answered = _noticed(lease, end)
    if answered:
        sitting.answers.append(
            PresenceAnswer(
                person_id=lease.person_id, challenge_no=lease.challenge_no, answered_at=answered, in_time=True
            )
        )
    progress = sitting.items[item.uid]
    start_s = progress.covered_s
    add(progress, [[start_s, start_s + seconds]], end)
    if progress.state == ItemState.COMPLETE:
        sitting.completed.append(progress)
    sitting.booked[day_of(lease.issued_at)] += seconds
    sitting.leases.append(lease)
    sitting.intervals.append(_credited(lease, start_s, progress, end))
    _carry(sitting.ground, lease, answered)
    return end


def _carry(ground: Any, lease: StudyLease, answered: datetime | None) -> None:
    """The lease is the person's last one for the next."""
    for name in ("seq", "uid", "issued_at", "expires_at", "challenge_no", "challenge_at"):
        setattr(ground, f"last_{name}", getattr(lease, name))
    ground.last_answered_at = answered


def _credited(lease: StudyLease, start_s: int, progress: ItemProgress, received_at: datetime) -> StudyInterval:
    end_s = progress.covered_s
    return StudyInterval(
        lease=lease,
        client_seq=1,
        start_s=start_s,
        end_s=end_s,
        parts=[[start_s, end_s, "credited", ""]],
        accepted_s=end_s - start_s,
        pending_s=0,
        spent_s=end_s - start_s,
        reason="",
        covered_s=end_s,
        complete=progress.state == ItemState.COMPLETE,
        received_at=received_at,
    )


def _write(sitting: Sitting, now: datetime) -> None:
    """Everything in one go; what follows from a lesson that is complete follows in the order of time."""
    enrolment = sitting.enrolment
    StudyLease.objects.bulk_create(sitting.leases)
    StudyInterval.objects.bulk_create(sitting.intervals)
    PresenceAnswer.objects.bulk_create(sitting.answers)
    for progress in sitting.touched.values():
        progress.save()
    for day, seconds in sitting.booked.items():
        book(person_id=enrolment.person_id, day=day, seconds=seconds)
    counters = recount(enrolment=enrolment, last_item_uid=enrolment.progress.last_item_uid, now=now)
    done = counters.done
    for number, progress in enumerate(sitting.completed, start=1):
        counters.done = done - len(sitting.completed) + number  # as it was when this lesson was the last
        complete_item(enrolment=enrolment, item_uid=progress.item_uid, now=progress.last_at)
