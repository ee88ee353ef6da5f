"""A lease held still: the person's study locked, and what the lease has lived through so far."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from courses.enums import EnrolmentState, IntervalReason, PartVerdict
from courses.models import Enrolment, PresenceAnswer, StudyInterval, StudyLease
from courses.selectors.outlines import item_of
from lms.schemes.selectors.study_rules import StudyRules, study_rules_of

from .challenges import Asked, asked_under
from .judging import Allowance, Stretch
from .leases import LeaseUnknown, uid_of


@dataclass(frozen=True, slots=True)
class Held:
    """A lease with what came after it: the next lease of the person, the answer to its challenge, the newest one."""

    lease: StudyLease
    rules: StudyRules
    next_issued_at: datetime | None
    next_continues: bool | None
    spent_s: int
    answered_at: datetime | None
    in_time: bool | None
    newest_no: int

    @property
    def ends_at(self) -> datetime:
        """When it expires, or the next one began."""
        return min(self.lease.expires_at, self.next_issued_at or self.lease.expires_at)

    @property
    def taken_over(self) -> bool:
        """Whether another page took over while it ran."""
        return self.next_continues is False and self.ends_at < self.lease.expires_at

    @property
    def renewed(self) -> bool:
        """Whether the same page went on while it ran, so that what it does not hold counts under the next one."""
        return self.next_continues is True and self.ends_at < self.lease.expires_at

    def asks(self, now: datetime) -> Asked | None:
        """The presence question that a page under this lease has to put."""
        answered = self.answered_at is not None or self.newest_no > self.lease.challenge_no
        return asked_under(self.lease, answered=answered, ends_at=self.ends_at, rules=self.rules, now=now)


def hold(token: str, *, person_id: int | None) -> Held:
    """The lease of this token with all the person's study locked; the caller stands in a transaction."""
    uid = uid_of(token)
    if uid is None:
        raise LeaseUnknown
    _lock(StudyLease.objects.filter(uid=uid).values("person"))
    lease = _with_what_followed().filter(uid=uid).first()
    if lease is None or person_id not in (None, lease.person_id):
        raise LeaseUnknown
    return Held(
        lease=lease,
        rules=study_rules_of(lease.enrolment.scheme_version),
        next_issued_at=lease.next_issued_at,
        next_continues=lease.next_continues,
        spent_s=lease.spent_s,
        answered_at=lease.answered_at,
        in_time=lease.in_time,
        newest_no=lease.newest_no,
    )


def lock_study(person_id: int) -> None:
    """Hold everything that counts for the person, always in this order; pages of other people go on."""
    _lock([person_id])


def _lock(persons: Any) -> None:
    held = Enrolment.objects.select_for_update().filter(person__in=persons).order_by("pk")
    list(held.values_list("pk", flat=True))


def _with_what_followed() -> Any:
    following = StudyLease.objects.filter(person=OuterRef("person"), seq=OuterRef("following"))
    newest = StudyLease.objects.filter(person=OuterRef("person")).order_by("-seq")
    answer = PresenceAnswer.objects.filter(person=OuterRef("person"), challenge_no=OuterRef("challenge_no"))
    claims = StudyInterval.objects.filter(lease=OuterRef("pk")).order_by().values("lease")
    return (
        StudyLease.objects.select_related(
            "enrolment__course_version", "enrolment__progress", "enrolment__scheme_version", "enrolment__course"
        )
        .defer("enrolment__course_version__body")
        .annotate(following=F("seq") + 1)
        .annotate(
            next_issued_at=Subquery(following.values("issued_at")[:1]),
            next_continues=Subquery(following.values("continues")[:1]),
            newest_no=Subquery(newest.values("challenge_no")[:1]),
            answered_at=Subquery(answer.values("answered_at")[:1]),
            in_time=Subquery(answer.values("in_time")[:1]),
            spent_s=Coalesce(Subquery(claims.annotate(spent=Sum("spent_s")).values("spent")), 0),
        )
    )


def allowance_of(held: Held, *, day_left_s: int, now: datetime) -> Allowance:
    """What the lease allows at `now`: the time from its issue to its end, divided by its presence question."""
    running = held.next_issued_at is None and now < held.lease.expires_at
    short = IntervalReason.AHEAD_OF_CLOCK if running or held.renewed else IntervalReason.LEASE_OVER
    return Allowance(
        lived=_lived(held, min(now, held.ends_at)),
        spent_s=held.spent_s,
        short=IntervalReason.TAKEN_OVER if held.taken_over else short,
        day_left_s=day_left_s,
        taken_over=held.taken_over,
        closed=_closed(held, now),
    )


def _closed(held: Held, now: datetime) -> str:
    if held.lease.enrolment.state == EnrolmentState.WITHDRAWN:
        return IntervalReason.WITHDRAWN
    if item_of(held.lease.enrolment.course_version, held.lease.item_uid) is None:
        return IntervalReason.LESSON_GONE
    late = now > held.ends_at + timedelta(hours=held.rules.late_hours)
    return IntervalReason.TOO_LATE if late else ""


def _lived(held: Held, end: datetime) -> tuple[Stretch, ...]:
    """Before the question, between question and answer, and after the answer."""
    due = min(held.lease.challenge_at, end)
    answered = max(min(held.answered_at or end, end), due)
    before, until_answer, whole = (_seconds(held.lease, moment) for moment in (due, answered, end))
    verdict, reason = _meanwhile(held)
    return (
        Stretch(before),
        Stretch(until_answer - before, verdict, reason),
        Stretch(whole - until_answer),
    )


def _seconds(lease: StudyLease, until: datetime) -> int:
    """Whole seconds of the item that the time from the issue is worth."""
    lived = max(until - lease.issued_at, timedelta(0)) // timedelta(microseconds=1)
    return int(lived * lease.speed) // 1_000_000


def _meanwhile(held: Held) -> tuple[PartVerdict, str]:
    """What becomes of time lived after the question and before its answer."""
    if held.in_time:
        return PartVerdict.CREDITED, ""
    if held.in_time is None and held.newest_no == held.lease.challenge_no:
        return PartVerdict.PENDING, IntervalReason.PRESENCE_DUE
    return PartVerdict.REFUSED, IntervalReason.PRESENCE_MISSED
