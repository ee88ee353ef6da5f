"""Study leases: the server's leave to count, one page at a time. Rules: docs/reference/study-time.md."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.enums import EnrolmentState, ItemKind, ItemState, LeaseEnd
from courses.models import Enrolment, ItemProgress, StudyLease
from courses.selectors.outlines import item_of
from lms.kernel.refusals import Conflict, NotAllowed, NotFound

from .judging import Allowance

if TYPE_CHECKING:
    from courses.selectors.outlines import Item

LEASE = timedelta(seconds=60)
# Seconds of the item that one second of wall time may cover.
ALLOWED_SPEED = {ItemKind.READING: 1.0}

_signer = signing.Signer(salt="courses.study-lease")


class ItemUnknown(NotFound):
    """The version of this enrolment has no such item."""

    code = "item-unknown"
    message = _("There is no such lesson in your version of this course.")


class LeaseUnknown(NotFound):
    """The lease was not signed here, or is somebody else's."""

    code = "lease-unknown"
    message = _("This study lease is not one of yours. Load the page again.")


class StudyForSomebodyElse(NotAllowed):
    """Staff may look at a trainee's lesson; time is counted for the trainee alone."""

    code = "study-for-somebody-else"
    message = _("Only the person who is enrolled can study here. You may read, and nothing is counted.")


class EnrolmentOver(Conflict):
    """Nothing is counted for somebody who has left the course."""

    code = "enrolment-over"
    message = _("You have left this course, so no study time is counted.")


class ItemAlreadyComplete(Conflict):
    """All declared minutes are credited; there is nothing left to count."""

    code = "item-complete"
    message = _("This lesson is complete. You may read on, but no more time is counted.")


@transaction.atomic
def grant_lease(
    *, enrolment: Enrolment, item_uid: str, renews: str = "", now: datetime
) -> tuple[StudyLease, ItemProgress | None]:
    """Let one page count study time for the next 60 seconds, and end whatever lease the person had open.

    `renews` is the token of the page's own lease: it ends as renewed. Any other open lease ends as taken
    over, and its page is told so with the answer to its next interval.
    """
    # Locking all enrolments of the person, always in this order, keeps two pages from both being let in.
    held = Enrolment.objects.select_for_update(of=("self",)).filter(person_id=enrolment.person_id).order_by("pk")
    enrolment = next(row for row in held.with_outline() if row.pk == enrolment.pk)
    item = _countable(enrolment, item_uid)
    progress = ItemProgress.objects.filter(enrolment=enrolment, item_uid=item_uid).first()
    if progress is not None and progress.state == ItemState.COMPLETE:
        raise ItemAlreadyComplete
    close_open_leases(enrolment.person_id, renews, now)
    lease = StudyLease.objects.create(
        enrolment=enrolment,
        person_id=enrolment.person_id,
        item_uid=item.uid,
        declared_s=item.declared_s,
        issued_at=now,
        expires_at=now + LEASE,
    )
    return lease, progress


def _countable(enrolment: Enrolment, item_uid: str) -> "Item":
    if enrolment.state == EnrolmentState.WITHDRAWN:
        raise EnrolmentOver
    item = item_of(enrolment.course_version, item_uid)
    if item is None:
        raise ItemUnknown
    return item


def close_open_leases(person_id: int, renews: str, now: datetime) -> None:
    """End what the person still had open: as renewed if `renews` is its token, else as taken over or run out."""
    own = _uid_of(renews)
    for lease in StudyLease.objects.filter(person_id=person_id, closed_at__isnull=True):
        ended_by = LeaseEnd.RENEWED if lease.uid == own else LeaseEnd.TAKEN_OVER
        # A lease that had run out stopped counting then; nobody took anything over from it.
        close_lease(lease, LeaseEnd.EXPIRED if lease.expires_at <= now else ended_by, now)


def close_lease(lease: StudyLease, ended_by: LeaseEnd, now: datetime) -> None:
    """End an open lease; what was studied under it until now may still be claimed."""
    lease.ended_by = ended_by
    lease.closed_at = now
    lease.save(update_fields=["closed_at", "ended_by"])


def token_of(lease: StudyLease) -> str:
    """The signed token that a page hands back with its intervals."""
    return _signer.sign(lease.uid.hex)


def _uid_of(token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def lock_lease(token: str, *, person_id: int | None) -> StudyLease:
    """The lease of this token with its enrolment locked; the caller stands in a transaction."""
    uid = _uid_of(token)
    if uid is None:
        raise LeaseUnknown
    enrolments = Enrolment.objects.select_for_update(of=("self",)).with_outline().filter(leases__uid=uid)
    enrolment = enrolments.first()
    if enrolment is None or person_id not in (None, enrolment.person_id):
        raise LeaseUnknown
    lease = StudyLease.objects.get(uid=uid)
    lease.enrolment = enrolment
    return lease


def allowance_of(lease: StudyLease, now: datetime) -> Allowance:
    """What the lease allows at `now`: it counts from its issue until it expires or is closed, whichever is first."""
    last = min(now, lease.expires_at, lease.closed_at or now)
    lived = max((last - lease.issued_at).total_seconds(), 0.0)
    return Allowance(
        earned_s=int(lived * ALLOWED_SPEED[ItemKind.READING]),
        spent_s=lease.credited_s,
        running=lease.closed_at is None and now < lease.expires_at,
        taken_over=lease.ended_by == LeaseEnd.TAKEN_OVER,
    )
