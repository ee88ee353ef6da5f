"""What a person has to be at, or to have done by then: examinations, offerings, cohorts, applications."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.enums import PENDING_STATES
from courses.models import Application, Enrolment, Offering
from lms.cohorts.selectors.cohorts import live_memberships
from lms.exams.selectors.agenda import Dated, seats_dated
from lms.kernel.beijing import BEIJING


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One thing in a calendar. A whole day has no `ends`; `ref` stays the same whatever else changes."""

    ref: str
    title: str
    begins: datetime | date
    url: str
    ends: datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry on one of its days; `time` by the Beijing clock, empty for a whole day."""

    day: date
    time: str
    entry: CalendarEntry
    closing: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """What is on one day."""

    on: date
    lines: tuple[Line, ...]


def calendar_of(person_id: int) -> list[CalendarEntry]:
    """Everything with a date, the next to begin first (four queries)."""
    found = [*_exams(person_id), *_offerings(person_id), *_cohorts(person_id), *_applications(person_id)]
    return sorted(found, key=lambda entry: (first_day(entry), entry.ref))


def days_in(entries: list[CalendarEntry], year: int, month: int) -> list[Day]:
    """The days of a month on which something is, with what is on each."""
    lines = [line for entry in entries for line in _lines(entry)]
    chosen = sorted(
        (line for line in lines if (line.day.year, line.day.month) == (year, month)),
        key=lambda line: (line.day, line.time, line.entry.ref),
    )
    return [Day(on, tuple(group)) for on, group in groupby(chosen, key=lambda line: line.day)]


def next_month_in(entries: list[CalendarEntry], after: date) -> date | None:
    """The first day of the next month from `after` on in which something is, if there is one."""
    days = sorted(line.day for entry in entries for line in _lines(entry) if line.day >= after)
    return days[0].replace(day=1) if days else None


def first_day(entry: CalendarEntry) -> date:
    """The day in Beijing on which an entry begins."""
    return entry.begins.astimezone(BEIJING).date() if isinstance(entry.begins, datetime) else entry.begins


def _lines(entry: CalendarEntry) -> Iterator[Line]:
    if not isinstance(entry.begins, datetime) or entry.ends is None:
        yield Line(first_day(entry), "", entry)
        return
    opens, closes = entry.begins.astimezone(BEIJING), entry.ends.astimezone(BEIJING)
    same_day = opens.date() == closes.date()
    yield Line(opens.date(), f"{opens:%H:%M}–{closes:%H:%M}" if same_day else f"{opens:%H:%M}", entry)
    if not same_day:
        yield Line(closes.date(), f"{closes:%H:%M}", entry, closing=True)


def _exams(person_id: int) -> Iterator[CalendarEntry]:
    for row in seats_dated(person_id):
        seat = Dated(*row)
        title = (seat.title_en if get_language() == "en" else "") or seat.title
        said = _("Examination: %(title)s") % {"title": title}
        yield CalendarEntry(f"seat-{seat.ref}", said, seat.begins, reverse("exams:list"), seat.ends)


def _offerings(person_id: int) -> Iterator[CalendarEntry]:
    enrolments = Enrolment.objects.live().filter(person=person_id, offering__isnull=False)
    for enrolment in enrolments.select_related("offering"):
        offering = enrolment.offering
        if offering is None:
            continue
        url = reverse("courses:continue", args=[enrolment.uid])
        words, place = {"title": offering.local_title}, _place(offering)
        first, last = _("First day: %(title)s") % words, _("Last day: %(title)s") % words
        yield CalendarEntry(f"offering-{offering.pk}-first", first, offering.starts_on, url, place=place)
        yield CalendarEntry(f"offering-{offering.pk}-last", last, offering.ends_on, url, place=place)


def _place(offering: Offering) -> str:
    return ", ".join(part for part in (offering.venue, offering.city) if part)


def _cohorts(person_id: int) -> Iterator[CalendarEntry]:
    for membership in live_memberships(person_id):
        cohort = membership.cohort
        title = _("Last day of the cohort: %(title)s") % {"title": cohort.local_title}
        yield CalendarEntry(f"cohort-{cohort.pk}-last", title, cohort.ends_on, reverse("desks:desk"))


def _applications(person_id: int) -> Iterator[CalendarEntry]:
    pending = Application.objects.filter(
        person=person_id, state__in=PENDING_STATES, offering__enrol_until__isnull=False
    )
    for application in pending.select_related("offering"):
        until = application.offering.enrol_until
        if until is None:
            continue
        title = _("Enrolment ends: %(title)s") % {"title": application.offering.local_title}
        url = reverse("courses:my-application", args=[application.uid])
        yield CalendarEntry(f"application-{application.pk}-until", title, until, url)
