"""Claims of study time and the answers to them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.enums import IntervalReason, ItemState, PartVerdict
from courses.models import ItemProgress, StudyInterval
from courses.selectors.outlines import item_of
from lms.kernel.refusals import Refusal

from .ceilings import day_left, day_of
from .challenges import Asked
from .crediting import credit, write
from .holding import Held, allowance_of, hold
from .judging import Verdict, judge
from .settling import settle, waiting_items
from .spans import early, first_free, length, of_verdict, spans_of, union


class IntervalBackwards(Refusal):
    """An interval is a stretch of whole seconds, not a point and not a hole."""

    code = "interval-backwards"
    message = _("An interval of study time ends after it starts.")


@dataclass(frozen=True, slots=True)
class IntervalOutcome:
    """What the page is told: numbers for its display, a reason when not all was credited, and what it has to ask."""

    accepted_s: int
    pending_s: int
    early_s: int
    reason: str
    covered_s: int
    declared_s: int
    complete: bool
    received_at: datetime
    following: list[int]
    challenge: Asked | None

    @property
    def sentence(self) -> str:
        """The reason as a sentence in the language now active; empty when all was credited."""
        return str(IntervalReason(self.reason).label) if self.reason else ""


@transaction.atomic
def credit_interval(
    *, lease_token: str, client_seq: int, start_s: int, end_s: int, person_id: int | None = None, now: datetime
) -> IntervalOutcome:
    """Divide the seconds from `start_s` to `end_s` into credited, pending and refused, and complete the item when full.

    The same `client_seq` under the same lease answers what it answered the first time. With `person_id` a
    lease of anybody else is unknown.
    """
    if not 0 <= start_s < end_s:
        raise IntervalBackwards
    held = hold(lease_token, person_id=person_id)
    answered = StudyInterval.objects.filter(lease=held.lease, client_seq=client_seq).first()
    interval = answered or _judge_and_write(held, client_seq, start_s, end_s, now)
    return _outcome(interval, held, now)


def _judge_and_write(held: Held, client_seq: int, start_s: int, end_s: int, now: datetime) -> StudyInterval:
    lease = held.lease
    progress = _progress_of(held, now)
    was_complete = progress.state == ItemState.COMPLETE
    verdict = judge(
        (start_s, end_s),
        taken=union(progress.covered, spans_of(progress.waiting)),
        declared_s=progress.declared_s,
        allowance=allowance_of(held, day_left_s=_day_left(held), now=now),
    )
    credit(lease=lease, progress=progress, seconds=verdict.accepted, now=now)
    interval = StudyInterval.objects.create(
        lease=lease,
        client_seq=client_seq,
        start_s=start_s,
        end_s=end_s,
        parts=verdict.parts,
        accepted_s=verdict.accepted_s,
        pending_s=verdict.pending_s,
        spent_s=verdict.spent_s,
        reason=verdict.reason,
        covered_s=progress.covered_s,
        complete=progress.state == ItemState.COMPLETE,
        received_at=now,
    )
    if verdict.accepted_s or verdict.pending_s:
        _wait(progress, interval, verdict, now)
        write(enrolment=lease.enrolment, progress=progress, was_complete=was_complete, now=now)
    return interval


def _day_left(held: Held) -> int:
    return day_left(person_id=held.lease.person_id, day=day_of(held.lease.issued_at), rules=held.rules)


def _progress_of(held: Held, now: datetime) -> ItemProgress:
    """The lease's item as it stands once all is decided that only an overtaken question had held back."""
    lease = held.lease
    own = Q(enrolment=lease.enrolment_id, item_uid=lease.item_uid)
    rows = list(ItemProgress.objects.filter(own | Q(enrolment__person_id=lease.person_id, waiting_s__gt=0)))
    if any(entry[3] < held.newest_no for row in rows for entry in row.waiting):
        settle(items=waiting_items(lease.person_id), upto=held.newest_no - 1, now=now)
        rows = list(ItemProgress.objects.filter(own))
        lease.enrolment.progress.refresh_from_db()
    for row in rows:
        if (row.enrolment_id, row.item_uid) == (lease.enrolment_id, lease.item_uid):
            row.enrolment = lease.enrolment
            return row
    item = item_of(lease.enrolment.course_version, lease.item_uid)
    declared_s = item.declared_s if item else lease.declared_s
    return ItemProgress(enrolment=lease.enrolment, item_uid=lease.item_uid, declared_s=declared_s, last_at=now)


def _wait(progress: ItemProgress, interval: StudyInterval, verdict: Verdict, now: datetime) -> None:
    """Remember which seconds wait for an answer, for which claim and for which question."""
    pending = of_verdict(verdict.parts, PartVerdict.PENDING)
    no = interval.lease.challenge_no
    progress.waiting = [*progress.waiting, *([start, end, interval.pk, no] for start, end in pending)]
    progress.waiting_s += length(pending)
    progress.last_at = now


def _following(held: Held) -> list[int]:
    """The first stretch of the item that is neither counted nor waiting, where the page goes on."""
    lease = held.lease
    rows = ItemProgress.objects.filter(enrolment=lease.enrolment_id, item_uid=lease.item_uid)
    covered, waiting = rows.values_list("covered", "waiting").first() or ([], [])
    return first_free(lease.declared_s, covered, spans_of(waiting))


def _outcome(interval: StudyInterval, held: Held, now: datetime) -> IntervalOutcome:
    return IntervalOutcome(
        accepted_s=interval.accepted_s,
        pending_s=interval.pending_s,
        early_s=early(interval.parts),
        reason=interval.reason,
        covered_s=interval.covered_s,
        declared_s=held.lease.declared_s,
        complete=interval.complete,
        received_at=interval.received_at,
        following=_following(held),
        challenge=held.asks(now),
    )
