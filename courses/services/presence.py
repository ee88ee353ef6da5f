"""Answering the question whether somebody is still there."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.models import ItemProgress, PresenceAnswer
from lms.kernel.refusals import Conflict

from .challenges import answer_by
from .holding import Held, hold
from .settling import settle, waiting_items
from .spans import first_free, spans_of


class ChallengeUnknown(Conflict):
    """Nothing was asked under this number, or not yet."""

    code = "challenge-not-due"
    message = _("You have not been asked yet whether you are still there. Load the page again.")


class ChallengeOver(Conflict):
    """A later question has taken the place of this one."""

    code = "challenge-over"
    message = _("This question has been followed by another one. Load the page again.")


@dataclass(frozen=True, slots=True)
class PresenceOutcome:
    """What the page is told: whether the answer came in time, and what stands of its item."""

    in_time: bool
    covered_s: int
    pending_s: int
    declared_s: int
    complete: bool
    following: list[int]
    answered_at: datetime


@transaction.atomic
def answer_challenge(
    *, lease_token: str, challenge_no: int, person_id: int | None = None, now: datetime
) -> PresenceOutcome:
    """Take down that the person is there, and decide what had waited for it; an answer repeated changes nothing.

    In time, by the server's clock alone: what was pending is credited. Later: it is refused, and study goes on.
    """
    held = hold(lease_token, person_id=person_id)
    given = PresenceAnswer.objects.filter(person=held.lease.person_id, challenge_no=challenge_no).first()
    if given is None:
        given = _take_down(held, challenge_no, now)
        settle(
            items=waiting_items(held.lease.person_id),
            upto=challenge_no,
            answered=challenge_no if given.in_time else None,
            now=now,
        )
    return _outcome(held, given)


def _take_down(held: Held, challenge_no: int, now: datetime) -> PresenceAnswer:
    if challenge_no < held.newest_no:
        raise ChallengeOver
    lease = held.lease
    if challenge_no != lease.challenge_no or lease.challenge_at > min(now, held.ends_at):
        raise ChallengeUnknown
    return PresenceAnswer.objects.create(
        person_id=lease.person_id,
        challenge_no=challenge_no,
        answered_at=now,
        in_time=now <= answer_by(lease.challenge_at, held.rules),
    )


def _outcome(held: Held, given: PresenceAnswer) -> PresenceOutcome:
    lease = held.lease
    item = ItemProgress.objects.filter(enrolment=lease.enrolment_id, item_uid=lease.item_uid).first()
    return PresenceOutcome(
        in_time=given.in_time,
        covered_s=item.covered_s if item else 0,
        pending_s=item.waiting_s if item else 0,
        declared_s=lease.declared_s,
        complete=item is not None and item.covered_s == lease.declared_s,
        following=first_free(lease.declared_s, item.covered if item else [], spans_of(item.waiting if item else [])),
        answered_at=given.answered_at,
    )
