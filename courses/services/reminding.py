"""Reminders, each told once: what is due is looked up anew in every round, and what was told is left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from courses.enums import EnrolmentState, PracticeState
from courses.models import Enrolment, PracticeRecord
from courses.selectors.offerings import day_of
from lms.exams.selectors.agenda import unbegun_seats
from lms.kernel.beijing import BEIJING
from lms.mailing.selectors.notices import told_since
from lms.mailing.services.announcing import announce

from .supervising import tell_of_judgement

WAKING_HOURS = range(8, 21)  # by the Beijing clock; nobody is woken by a reminder
AT_ONCE = 200
WEEK = timedelta(days=7)
QUIET_WEEKS = 4
SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to tell somebody once; `ref` is its key."""

    ref: str
    tell: Callable[[], Any]


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Tell what is due and not told yet, so many at once; answers how many. By night nothing is told."""
    if now.astimezone(BEIJING).hour not in WAKING_HOURS:
        return 0
    told = 0
    for due in (_exams(now), _offerings(now), _quiet(now), _returned(now)):
        for reminder in islice(due, AT_ONCE):
            reminder.tell()
            told += 1
    return told


def _left(kind: str, reminders: Iterator[Reminder], since: datetime) -> Iterator[Reminder]:
    known = {ref for _user, ref in told_since(kind, since)}
    return (reminder for reminder in reminders if reminder.ref not in known)


def _exams(now: datetime) -> Iterator[Reminder]:
    """Rooms that open tomorrow, for whoever has a seat and has not begun."""
    midnight = datetime.combine(day_of(now) + timedelta(days=1), time(), tzinfo=BEIJING)
    seats = unbegun_seats(midnight, midnight + timedelta(days=1))
    due = (_exam(seat, now) for seat in seats)
    return _left("exam-tomorrow", due, now - timedelta(days=2))


def _exam(seat: Any, now: datetime) -> Reminder:
    exam, ref = seat.exam, f"courses.exam-tomorrow:{seat.pk}:{seat.exam.opens_at.isoformat()}"
    context = {
        "exam": {"zh": exam.title, "en": exam.title_en},
        "opens": {"at": exam.opens_at.isoformat()},
        "closes": {"at": exam.closes_at.isoformat()},
        "ticket": seat.ticket_code,
    }
    return _reminder(seat.person.user, "exam-tomorrow", ref, context, reverse("exams:list"), now)


def _offerings(now: datetime) -> Iterator[Reminder]:
    """Offerings that begin within three days, for whoever has a place."""
    today = day_of(now)
    places = Enrolment.objects.filter(
        state=EnrolmentState.ACTIVE,
        person__user__is_active=True,
        offering__starts_on__gt=today,
        offering__starts_on__lte=today + timedelta(days=SOON_DAYS),
    )
    due = (_offering(place, now) for place in places.select_related("person__user", "offering", "course_version"))
    return _left("offering-soon", due, now - timedelta(days=SOON_DAYS + 1))


def _offering(place: Any, now: datetime) -> Reminder:
    offering, version = place.offering, place.course_version
    day = offering.starts_on.isoformat()
    context = {
        "offering": {"zh": offering.title, "en": offering.title_en},
        "course": {"zh": version.title, "en": version.title_en},
        "day": {"on": day},
    }
    ref = f"courses.offering-soon:{place.pk}:{offering.pk}:{day}"
    return _reminder(place.person.user, "offering-soon", ref, context, reverse("courses:my-calendar"), now)


def _quiet(now: datetime) -> Iterator[Reminder]:
    """Whoever studies nothing for a week hears of it, at most once a week, and four times for one silence."""
    begun = Q(offering__isnull=True) | Q(offering__starts_on__lte=day_of(now))
    studying = Enrolment.objects.filter(begun, state=EnrolmentState.ACTIVE, person__user__is_active=True)
    last = Coalesce("progress__last_at", "enrolled_at")
    silent = (
        studying.order_by()
        .values("person")
        .annotate(last=Max(last))
        .filter(last__lte=now - WEEK, last__gt=now - (QUIET_WEEKS + 1) * WEEK)
    )
    since = {row["person"]: row["last"] for row in silent}
    latest = studying.annotate(last=last).filter(person__in=list(since)).order_by("person", "-last", "-pk")
    told = {user for user, _ref in told_since("study-quiet", now - WEEK)}
    seen: set[int] = set()
    for enrolment in latest.select_related("person__user", "course_version", "progress").defer("course_version__body"):
        if enrolment.person_id in seen or enrolment.person.user_id in told:
            continue
        seen.add(enrolment.person_id)
        yield _silence(enrolment, since[enrolment.person_id], now)


def _silence(enrolment: Any, last: datetime, now: datetime) -> Reminder:
    version, weeks = enrolment.course_version, (now - last) // WEEK
    context = {"course": {"zh": version.title, "en": version.title_en}, "percent": enrolment.progress.percent}
    ref = f"courses.study-quiet:{enrolment.person_id}:{day_of(last).isoformat()}:{weeks}"
    url = reverse("courses:continue", args=[enrolment.uid])
    return _reminder(enrolment.person.user, "study-quiet", ref, context, url, now)


def _returned(now: datetime) -> Iterator[Reminder]:
    """Records that came back a week ago and lie there."""
    lying = PracticeRecord.objects.filter(
        state=PracticeState.RETURNED,
        person__user__is_active=True,
        changed_at__lte=now - WEEK,
        changed_at__gt=now - 2 * WEEK,
    ).select_related("person__user", "organisation")
    due = (_lying(record, now) for record in lying.prefetch_related("events"))
    return _left("practice-returned", due, now - 2 * WEEK)


def _lying(record: Any, now: datetime) -> Reminder:
    event = list(record.events.all())[-1]
    ref = f"courses.practice_event:{event.pk}:again"

    def tell() -> None:
        tell_of_judgement(record=record, event=event, subject_ref=ref, now=now)

    return Reminder(ref, tell)


def _reminder(user: Any, kind: str, ref: str, context: dict[str, Any], url: str, now: datetime) -> Reminder:
    def tell() -> None:
        announce(to=user, kind=kind, subject_ref=ref, context=context, url=url, now=now)

    return Reminder(ref, tell)
