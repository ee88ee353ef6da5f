"""Claims of study time and the answers to them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.enums import EnrolmentState, IntervalReason, ItemState, LeaseEnd
from courses.models import ItemProgress, StudyInterval, StudyLease
from lms.kernel.refusals import Refusal

from .completing import complete_item
from .counting import recount
from .judging import Verdict, judge
from .leases import EnrolmentOver, allowance_of, close_lease, lock_lease
from .spans import length, union


class IntervalBackwards(Refusal):
    """An interval is a stretch of whole seconds, not a point and not a hole."""

    code = "interval-backwards"
    message = _("An interval of study time ends after it starts.")


@dataclass(frozen=True, slots=True)
class IntervalOutcome:
    """What the page is told: numbers for its display, and a reason when not all was credited."""

    accepted_s: int
    pending_s: int
    reason: str
    covered_s: int
    declared_s: int
    complete: bool
    received_at: datetime

    @property
    def sentence(self) -> str:
        """The reason as a sentence in the language now active; empty when all was credited."""
        return str(IntervalReason(self.reason).label) if self.reason else ""


@transaction.atomic
def credit_interval(
    *, lease_token: str, client_seq: int, start_s: int, end_s: int, person_id: int | None = None, now: datetime
) -> IntervalOutcome:
    """Credit what may be credited of the seconds from `start_s` to `end_s`, and complete the item when it is full.

    The same `client_seq` under the same lease answers what it answered the first time. With `person_id` a
    lease of anybody else is unknown.
    """
    if not 0 <= start_s < end_s:
        raise IntervalBackwards
    lease = lock_lease(lease_token, person_id=person_id)
    answered = StudyInterval.objects.filter(lease=lease, client_seq=client_seq).first()
    if answered is not None:
        return _outcome(answered, lease)
    if lease.enrolment.state == EnrolmentState.WITHDRAWN:
        raise EnrolmentOver
    return _outcome(_judge_and_write(lease, client_seq, start_s, end_s, now), lease)


def _judge_and_write(lease: StudyLease, client_seq: int, start_s: int, end_s: int, now: datetime) -> StudyInterval:
    progress = _progress_of(lease, now)
    verdict = judge(
        (start_s, end_s),
        covered=progress.covered,
        declared_s=lease.declared_s,
        allowance=allowance_of(lease, now),
    )
    _move_on(progress, verdict, now)
    interval = StudyInterval.objects.create(
        lease=lease,
        client_seq=client_seq,
        start_s=start_s,
        end_s=end_s,
        accepted=verdict.accepted,
        accepted_s=verdict.accepted_s,
        pending_s=verdict.pending_s,
        reason=verdict.reason,
        covered_s=progress.covered_s,
        complete=progress.state == ItemState.COMPLETE,
        received_at=now,
    )
    if verdict.accepted_s:
        _settle(lease, progress, verdict.accepted_s, now)
    return interval


def _progress_of(lease: StudyLease, now: datetime) -> ItemProgress:
    found = ItemProgress.objects.filter(enrolment=lease.enrolment, item_uid=lease.item_uid).first()
    return found or ItemProgress(
        enrolment=lease.enrolment, item_uid=lease.item_uid, declared_s=lease.declared_s, last_at=now
    )


def _move_on(progress: ItemProgress, verdict: Verdict, now: datetime) -> None:
    """Put the credited seconds to the item's own; complete means that the declared seconds are all there."""
    progress.covered = union(progress.covered, verdict.accepted)
    progress.covered_s = length(progress.covered)
    progress.last_at = now
    if verdict.accepted and progress.covered_s == progress.declared_s:
        progress.state = ItemState.COMPLETE
        progress.completed_at = now


def _settle(lease: StudyLease, progress: ItemProgress, accepted_s: int, now: datetime) -> None:
    """Write down what the credited seconds change: the item, the lease, the counters, and the hours when complete."""
    progress.save()
    lease.credited_s += accepted_s
    lease.save(update_fields=["credited_s"])
    recount(enrolment=lease.enrolment, last_item_uid=lease.item_uid, now=now)
    if progress.state == ItemState.COMPLETE:
        if lease.closed_at is None:
            close_lease(lease, LeaseEnd.COMPLETED, now)
        complete_item(enrolment=lease.enrolment, item_uid=lease.item_uid, now=now)


def _outcome(interval: StudyInterval, lease: StudyLease) -> IntervalOutcome:
    return IntervalOutcome(
        accepted_s=interval.accepted_s,
        pending_s=interval.pending_s,
        reason=interval.reason,
        covered_s=interval.covered_s,
        declared_s=lease.declared_s,
        complete=interval.complete,
        received_at=interval.received_at,
    )
