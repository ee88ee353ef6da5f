"""Studying on behalf of invented people: a demonstration that is full of life has thousands of studied minutes.

The rows are those that `grant_lease` and `credit_interval` write when a page renews its lease each minute, which
a test holds side by side. First and last minute go through those verbs, so that whatever follows from study
follows here too; the minutes between them are written in one go.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.enums import LeaseEnd
from courses.models import Enrolment, ItemProgress, StudyInterval, StudyLease
from courses.selectors.progress import next_item
from lms.kernel.demo import is_demo
from lms.kernel.refusals import NotAllowed

from .intervals import credit_interval
from .leases import LEASE, grant_lease, token_of
from .spans import length, union

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
    while minutes > 0 and (item := next_item(Enrolment.objects.with_outline().get(pk=enrolment.pk))):
        done = ItemProgress.objects.filter(enrolment=enrolment, item_uid=item.uid).first()
        start_s = done.covered_s if done else 0
        sitting = min(minutes, (item.declared_s - start_s) // MINUTE_S)
        now = _sit(enrolment, item.uid, start_s, sitting, now)
        minutes -= sitting
    return now


def _sit(enrolment: Enrolment, item_uid: str, start_s: int, minutes: int, now: datetime) -> datetime:
    """One sitting at one lesson."""
    now, start_s = _minute(enrolment, item_uid, start_s, now)
    if minutes > 2:
        now, start_s = _minutes_between(enrolment, item_uid, start_s, minutes - 2, now)
    return _minute(enrolment, item_uid, start_s, now)[0] if minutes > 1 else now


def _minute(enrolment: Enrolment, item_uid: str, start_s: int, now: datetime) -> tuple[datetime, int]:
    """One minute as a page claims it."""
    lease, _progress = grant_lease(enrolment=enrolment, item_uid=item_uid, now=now)
    now, end_s = now + LEASE, start_s + MINUTE_S
    credit_interval(lease_token=token_of(lease), client_seq=1, start_s=start_s, end_s=end_s, now=now)
    return now, end_s


def _minutes_between(
    enrolment: Enrolment, item_uid: str, start_s: int, minutes: int, now: datetime
) -> tuple[datetime, int]:
    """Minutes that neither begin a sitting nor end one."""
    StudyLease.objects.filter(enrolment=enrolment, closed_at__isnull=True).update(
        closed_at=now, ended_by=LeaseEnd.EXPIRED
    )
    progress = ItemProgress.objects.get(enrolment=enrolment, item_uid=item_uid)
    before_s = progress.covered_s
    end_s, end = start_s + minutes * MINUTE_S, now + minutes * LEASE
    leases = StudyLease.objects.bulk_create(
        _spent(enrolment, progress, begun=now + number * LEASE, is_last=number == minutes - 1)
        for number in range(minutes)
    )
    StudyInterval.objects.bulk_create(
        _credited(lease, start_s + number * MINUTE_S, before_s + (number + 1) * MINUTE_S)
        for number, lease in enumerate(leases)
    )
    progress.covered = union(progress.covered, [[start_s, end_s]])
    progress.covered_s, progress.last_at = length(progress.covered), end
    progress.save()
    return end, end_s


def _spent(enrolment: Enrolment, progress: ItemProgress, *, begun: datetime, is_last: bool) -> StudyLease:
    """A lease that was used to its end; the next one closed it, and the last waits for that."""
    return StudyLease(
        enrolment=enrolment,
        person_id=enrolment.person_id,
        item_uid=progress.item_uid,
        declared_s=progress.declared_s,
        issued_at=begun,
        expires_at=begun + LEASE,
        closed_at=None if is_last else begun + LEASE,
        ended_by="" if is_last else LeaseEnd.EXPIRED,
        credited_s=MINUTE_S,
    )


def _credited(lease: StudyLease, start_s: int, covered_s: int) -> StudyInterval:
    return StudyInterval(
        lease=lease,
        client_seq=1,
        start_s=start_s,
        end_s=start_s + MINUTE_S,
        accepted=[[start_s, start_s + MINUTE_S]],
        accepted_s=MINUTE_S,
        pending_s=0,
        reason="",
        covered_s=covered_s,
        complete=False,
        received_at=lease.expires_at,
    )
