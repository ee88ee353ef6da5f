"""Studying on behalf of invented people: a demonstration that is full of life has thousands of studied minutes.

The rows are those that `grant_lease` and `credit_interval` write when a page renews its lease each minute, which
a test holds side by side. The minute that completes a lesson goes through those verbs, so that whatever follows
from study follows here too; minutes that complete nothing are written in one go.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.enums import LeaseEnd
from courses.models import Enrolment, ItemProgress, StudyInterval, StudyLease
from courses.selectors.progress import next_item
from lms.kernel.demo import is_demo
from lms.kernel.refusals import NotAllowed

from .counting import recount
from .intervals import credit_interval
from .leases import LEASE, close_open_leases, grant_lease, token_of
from .spans import length, union

if TYPE_CHECKING:
    from courses.selectors.outlines import Item

MINUTE_S = int(LEASE.total_seconds())


class NobodyStudiesForOthers(NotAllowed):
    """Outside a demonstration every minute is studied by the person it is counted for."""

    code = "rehearsal-outside-demonstration"
    message = _("Study is rehearsed in demonstrations only.")


@transaction.atomic
def study_on(*, enrolment: Enrolment, minutes: int, now: datetime) -> datetime:
    """Study for `minutes` from `now`, lesson after lesson where the person left off; gives the moment it ended."""
    if not is_demo():
        raise NobodyStudiesForOthers
    enrolment = Enrolment.objects.with_outline().get(pk=enrolment.pk)
    while minutes > 0 and (item := next_item(enrolment)):
        progress = _progress_of(enrolment, item)
        sitting = min(minutes, (item.declared_s - progress.covered_s) // MINUTE_S)
        now = _sit(progress, sitting, now)
        minutes -= sitting
    return now


def _progress_of(enrolment: Enrolment, item: "Item") -> ItemProgress:
    found = ItemProgress.objects.filter(enrolment=enrolment, item_uid=item.uid).first()
    progress = found or ItemProgress(item_uid=item.uid, declared_s=item.declared_s)
    progress.enrolment = enrolment
    return progress


def _sit(progress: ItemProgress, minutes: int, now: datetime) -> datetime:
    """One sitting at one lesson; the minute that completes it is claimed as a page claims it."""
    completes = progress.covered_s + minutes * MINUTE_S == progress.declared_s
    plain = minutes - 1 if completes else minutes
    if plain:
        now = _read(progress, plain, now)
    return _claim_last(progress, now) if completes else now


def _claim_last(progress: ItemProgress, now: datetime) -> datetime:
    lease, _progress = grant_lease(enrolment=progress.enrolment, item_uid=progress.item_uid, now=now)
    start_s, now = progress.covered_s, now + LEASE
    credit_interval(lease_token=token_of(lease), client_seq=1, start_s=start_s, end_s=start_s + MINUTE_S, now=now)
    return now


def _read(progress: ItemProgress, minutes: int, now: datetime) -> datetime:
    """Minutes that complete nothing."""
    start_s, end = progress.covered_s, now + minutes * LEASE
    close_open_leases(progress.enrolment.person_id, "", now)
    leases = StudyLease.objects.bulk_create(
        _spent(progress, begun=now + number * LEASE, is_last=number == minutes - 1) for number in range(minutes)
    )
    StudyInterval.objects.bulk_create(
        _credited(lease, start_s + number * MINUTE_S) for number, lease in enumerate(leases)
    )
    progress.covered = union(progress.covered, [[start_s, start_s + minutes * MINUTE_S]])
    progress.covered_s, progress.last_at = length(progress.covered), end
    progress.save()
    recount(enrolment=progress.enrolment, last_item_uid=progress.item_uid, now=end)
    return end


def _spent(progress: ItemProgress, *, begun: datetime, is_last: bool) -> StudyLease:
    """A lease that was used to its end; the next one closed it, and the last waits for that."""
    return StudyLease(
        enrolment=progress.enrolment,
        person_id=progress.enrolment.person_id,
        item_uid=progress.item_uid,
        declared_s=progress.declared_s,
        issued_at=begun,
        expires_at=begun + LEASE,
        closed_at=None if is_last else begun + LEASE,
        ended_by="" if is_last else LeaseEnd.EXPIRED,
        credited_s=MINUTE_S,
    )


def _credited(lease: StudyLease, start_s: int) -> StudyInterval:
    return StudyInterval(
        lease=lease,
        client_seq=1,
        start_s=start_s,
        end_s=start_s + MINUTE_S,
        accepted=[[start_s, start_s + MINUTE_S]],
        accepted_s=MINUTE_S,
        pending_s=0,
        reason="",
        covered_s=start_s + MINUTE_S,
        complete=False,
        received_at=lease.expires_at,
    )
