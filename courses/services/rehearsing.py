"""Studying on behalf of invented people: a demonstration that is full of life has thousands of studied minutes.

The rows are those that `grant_lease`, `answer_challenge` and `credit_interval` write when a page renews its lease
as it ends, which a test holds side by side. The lease that completes a lesson goes through those verbs, so that
whatever follows from study follows here too; leases that complete nothing are written in one go.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.models import Enrolment, ItemProgress, PresenceAnswer, StudyInterval, StudyLease
from courses.selectors.progress import next_item
from lms.kernel.demo import is_demo
from lms.kernel.refusals import NotAllowed
from lms.schemes.selectors.study_rules import StudyRules, study_rules_of

from .ceilings import book, day_left, day_of, midnight_after
from .counting import recount
from .intervals import credit_interval
from .leases import grant_lease, grounds, lease_after, token_of
from .presence import answer_challenge
from .spans import length, union

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
    """One reader at one lesson: what the next lease is granted on, and the rows that are not written yet."""

    ground: Any
    item: "Item"
    rules: StudyRules
    progress: ItemProgress
    leases: list[StudyLease]
    intervals: list[StudyInterval]
    answers: list[PresenceAnswer]


@transaction.atomic
def study_on(*, enrolment: Enrolment, minutes: int, now: datetime) -> datetime:
    """Study for `minutes` from `now`, lesson after lesson where the person left off; gives the moment it ended.

    A day that is full is followed by the next; nobody reads across midnight.
    """
    if not is_demo():
        raise NobodyStudiesForOthers
    enrolment = Enrolment.objects.with_outline().select_related("scheme_version").get(pk=enrolment.pk)
    rules = study_rules_of(enrolment.scheme_version)
    seconds = minutes * 60
    while seconds > 0 and (item := next_item(enrolment)):
        progress = _progress_of(enrolment, item)
        now = _within_the_day(enrolment, rules, now)
        spell = min(seconds, item.declared_s - progress.covered_s, _room(enrolment, rules, now))
        now = _sit(progress, item, rules, spell, now)
        seconds -= spell
    return now


def _within_the_day(enrolment: Enrolment, rules: StudyRules, now: datetime) -> datetime:
    """`now`, or the same hour of the next day that holds another lease."""
    while _room(enrolment, rules, now) < rules.lease_s:
        late = midnight_after(now) - now < timedelta(seconds=rules.lease_s)
        now = midnight_after(now) if late else now + timedelta(days=1)
    return now


def _room(enrolment: Enrolment, rules: StudyRules, now: datetime) -> int:
    """Whole leases that the day still holds, in seconds."""
    left = day_left(person_id=enrolment.person_id, day=day_of(now), rules=rules)
    until_midnight = int((midnight_after(now) - now).total_seconds())
    return min(left, until_midnight) // rules.lease_s * rules.lease_s


def _progress_of(enrolment: Enrolment, item: "Item") -> ItemProgress:
    found = ItemProgress.objects.filter(enrolment=enrolment, item_uid=item.uid).first()
    progress = found or ItemProgress(item_uid=item.uid, declared_s=item.declared_s)
    progress.enrolment = enrolment
    return progress


def _sit(progress: ItemProgress, item: "Item", rules: StudyRules, seconds: int, now: datetime) -> datetime:
    """One sitting at one lesson; the lease that completes it is claimed as a page claims it."""
    completes = progress.covered_s + seconds == progress.declared_s
    steps = list(_steps(seconds, rules.lease_s))
    last = steps.pop() if completes else 0
    if steps:
        ground = grounds(Enrolment.objects.filter(pk=progress.enrolment.pk), item.uid).get()
        now = _read(Sitting(ground, item, rules, progress, [], [], []), steps, now)
    return _claim_last(progress, last, now) if completes else now


def _steps(seconds: int, most: int) -> Iterator[int]:
    while seconds > 0:
        yield min(seconds, most)
        seconds -= most


def _claim_last(progress: ItemProgress, seconds: int, now: datetime) -> datetime:
    lease = grant_lease(enrolment=progress.enrolment, item_uid=progress.item_uid, now=now).lease
    token, start_s, end = token_of(lease), progress.covered_s, now + timedelta(seconds=seconds)
    answered = _noticed(lease, end)
    if answered:
        answer_challenge(lease_token=token, challenge_no=lease.challenge_no, now=answered)
    credit_interval(lease_token=token, client_seq=1, start_s=start_s, end_s=start_s + seconds, now=end)
    progress.enrolment.progress.refresh_from_db()
    return end


def _noticed(lease: StudyLease, end: datetime) -> datetime | None:
    """When the reader answers the question that falls due under the lease, if one does."""
    return min(lease.challenge_at + NOTICED, end) if lease.challenge_at <= end else None


def _read(sitting: Sitting, steps: list[int], now: datetime) -> datetime:
    """Leases that complete nothing."""
    for seconds in steps:
        now = _one_lease(sitting, seconds, now)
    StudyLease.objects.bulk_create(sitting.leases)
    StudyInterval.objects.bulk_create(sitting.intervals)
    PresenceAnswer.objects.bulk_create(sitting.answers)
    progress = sitting.progress
    progress.last_at = now
    progress.save()
    book(person_id=sitting.ground.person_id, day=day_of(sitting.leases[0].issued_at), seconds=sum(steps))
    recount(enrolment=progress.enrolment, last_item_uid=progress.item_uid, now=now)
    return now


def _one_lease(sitting: Sitting, seconds: int, now: datetime) -> datetime:
    """A lease, its question answered if one fell due, and one claim at its end."""
    lease = lease_after(sitting.ground, sitting.item, sitting.rules, continues=False, now=now)
    end = now + timedelta(seconds=seconds)
    answered = _noticed(lease, end)
    if answered:
        sitting.answers.append(
            PresenceAnswer(
                person_id=lease.person_id, challenge_no=lease.challenge_no, answered_at=answered, in_time=True
            )
        )
    start_s, progress = sitting.progress.covered_s, sitting.progress
    progress.covered = union(progress.covered, [[start_s, start_s + seconds]])
    progress.covered_s = length(progress.covered)
    sitting.leases.append(lease)
    sitting.intervals.append(_credited(lease, start_s, start_s + seconds, end))
    _carry(sitting.ground, lease, answered)
    return end


def _carry(ground: Any, lease: StudyLease, answered: datetime | None) -> None:
    """The lease is the person's last one for the next."""
    for name in ("seq", "uid", "issued_at", "expires_at", "challenge_no", "challenge_at"):
        setattr(ground, f"last_{name}", getattr(lease, name))
    ground.last_answered_at = answered


def _credited(lease: StudyLease, start_s: int, end_s: int, received_at: datetime) -> StudyInterval:
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
        complete=False,
        received_at=received_at,
    )
