"""Study leases: the server's leave to count, one page at a time. Rules: docs/reference/study-time.md."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import IntegrityError, connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from courses.enums import EnrolmentState, ItemKind, ItemState
from courses.models import Enrolment, ItemProgress, PresenceAnswer, StudyLease
from courses.selectors.outlines import item_of
from lms.kernel.refusals import Conflict, NotAllowed, NotFound
from lms.schemes.selectors.study_rules import StudyRules, study_rules_of

from .ceilings import midnight_after
from .challenges import Before, Challenge, next_challenge
from .spans import first_free, length, spans_of

if TYPE_CHECKING:
    from courses.selectors.outlines import Item

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


@dataclass(frozen=True, slots=True)
class Grant:
    """A lease with what its page shows: the rules it runs under, what stands of the item, the stretch that follows."""

    lease: StudyLease
    rules: StudyRules
    covered_s: int
    waiting_s: int
    following: list[int]


def grounds(enrolments: QuerySet[Enrolment], item_uid: str) -> QuerySet[Any]:
    """The enrolments with all that a lease for this item is granted on, so that it takes one query."""
    last = StudyLease.objects.filter(person=OuterRef("person")).order_by("-seq")
    answer = PresenceAnswer.objects.filter(person=OuterRef("person"), challenge_no=OuterRef("last_challenge_no"))
    item = ItemProgress.objects.filter(enrolment=OuterRef("pk"), item_uid=item_uid)
    return (
        enrolments.with_outline()  # type: ignore[attr-defined]  # an EnrolmentQuerySet
        .select_related("person")
        .annotate(
            **{f"last_{name}": Subquery(last.values(name)[:1]) for name in _CARRIED},
            item_state=Subquery(item.values("state")[:1]),
            item_covered=Subquery(item.values("covered")[:1]),
            item_waiting=Subquery(item.values("waiting")[:1]),
            item_declared=Subquery(item.values("declared_s")[:1]),
        )
        .annotate(last_answered_at=Subquery(answer.values("answered_at")[:1]))
    )


_CARRIED = ("seq", "uid", "issued_at", "expires_at", "challenge_no", "challenge_at")


def grant_lease(*, enrolment: Enrolment, item_uid: str, renews: str = "", now: datetime) -> Grant:
    """Let one page count study time for the next minute; whatever lease the person had open ends with that.

    `renews` is the token of the page's own lease: with it the page goes on, without it the page takes over, and the
    other page is told so with the answer to its next interval.
    """
    ground = grounds(Enrolment.objects.filter(pk=enrolment.pk), item_uid).get()
    return grant_on(ground=ground, item_uid=item_uid, renews=renews, now=now)


def grant_on(*, ground: Any, item_uid: str, renews: str = "", now: datetime) -> Grant:
    """Grant a lease on what `grounds` has read. Two pages that ask at once: the slower one asks again."""
    try:
        return _grant(ground, item_uid, renews, now)
    except IntegrityError:
        if connection.in_atomic_block:
            raise
        again = grounds(Enrolment.objects.filter(pk=ground.pk), item_uid).get()
        return _grant(again, item_uid, renews, now)


def _grant(ground: Any, item_uid: str, renews: str, now: datetime) -> Grant:
    item = _countable(ground, item_uid)
    if ground.item_state == ItemState.COMPLETE:
        raise ItemAlreadyComplete
    rules = study_rules_of(ground.scheme_version)
    lease = lease_after(ground, item, rules, continues=_continues(ground, renews), now=now)
    # A lesson that was complete before an accepted update keeps its minutes, also when a correction reopens it.
    lease.declared_s = ground.item_declared or item.declared_s
    # One statement, which is all or nothing by itself; the numbers keep two pages from both being let in.
    lease.save(force_insert=True)
    covered, waiting = ground.item_covered or [], spans_of(ground.item_waiting or [])
    return Grant(
        lease, rules, length(covered), length(waiting), following=first_free(lease.declared_s, covered, waiting)
    )


def _countable(enrolment: Enrolment, item_uid: str) -> "Item":
    if enrolment.state == EnrolmentState.WITHDRAWN:
        raise EnrolmentOver
    item = item_of(enrolment.course_version, item_uid)
    if item is None:
        raise ItemUnknown
    return item


def _continues(ground: Any, renews: str) -> bool:
    return bool(renews) and ground.last_uid is not None and uid_of(renews) == ground.last_uid


def lease_after(ground: Any, item: "Item", rules: StudyRules, *, continues: bool, now: datetime) -> StudyLease:
    """The lease that follows the person's last one, not saved.

    It never begins before that one did: a clock of the server that is set back grants no minute twice.
    """
    begins = max(now, ground.last_issued_at or now)
    challenge = next_challenge(
        _before(ground, begins), enrolment_id=ground.pk, continues=continues, rules=rules, now=begins
    )
    return StudyLease(
        enrolment_id=ground.pk,
        person_id=ground.person_id,
        seq=(ground.last_seq or 0) + 1,
        continues=continues,
        item_uid=item.uid,
        declared_s=item.declared_s,
        speed=speed_of(item.kind, rules),
        issued_at=begins,
        expires_at=min(begins + timedelta(seconds=rules.lease_s), midnight_after(begins)),
        challenge_no=challenge.no,
        challenge_at=challenge.at,
    )


def _before(ground: Any, now: datetime) -> Before | None:
    if ground.last_seq is None:
        return None
    return Before(
        issued_at=ground.last_issued_at,
        ended_at=min(ground.last_expires_at, now),
        challenge=Challenge(ground.last_challenge_no, ground.last_challenge_at),
        answered_at=ground.last_answered_at,
    )


def speed_of(kind: ItemKind, rules: StudyRules) -> Decimal:
    """Seconds of the item that one second of wall time may cover."""
    match kind:
        case ItemKind.VIDEO:
            return rules.video_speed
        case ItemKind.AUDIO:
            return rules.audio_speed
    return rules.reading_speed


def token_of(lease: StudyLease) -> str:
    """The signed token that a page hands back with its intervals."""
    return _signer.sign(lease.uid.hex)


def uid_of(token: str) -> uuid.UUID | None:
    """The lease that a token of ours names."""
    try:
        return uuid.UUID(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
