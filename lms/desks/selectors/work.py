"""Lines of a work list: what binds by a day, in words, with how pressing it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.dateformat import format as written
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from lms.kernel.beijing import BEIJING

Words = str | Promise
LINES = 5
A_WEEK = timedelta(days=7)
# Nearer than this, a day without its year cannot be mistaken.
NEARLY_A_YEAR = timedelta(days=330)


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in a word, with its kind and icon."""

    text: Words
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: by when, what, why; `at` is what lines are sorted by."""

    at: datetime
    day: str
    time: str
    title: Words
    text: Words = ""
    url: str = ""
    late: bool = False
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A big number with what it says and what it rests on."""

    label: Words
    value: Words | int
    unit: Words = ""
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Act:
    """The one primary action of a desk."""

    title: Words
    text: Words
    url: str
    action: Words
    kicker: Words = ""
    cost: Words = ""


def in_beijing(at: datetime) -> date:
    """The day of a moment by the calendar in Beijing."""
    return at.astimezone(BEIJING).date()


def said_day(day: date) -> str:
    """A day in the language now active, short enough for a narrow column: 11 月 25 日, 25 Nov."""
    return written(day, "j M" if get_language() == "en" else "n 月 j 日")


def said_year(day: date) -> str:
    """A year in the language now active."""
    return written(day, "Y" if get_language() == "en" else "Y 年")


def said_month(day: date) -> str:
    """A month in the language now active."""
    return written(day, "M Y" if get_language() == "en" else "Y 年 n 月")


def weekday(day: date) -> str:
    """The weekday in the language now active."""
    return written(day, "l")


def entry(at: datetime | date, title: Words, *, now: datetime, **more: object) -> Entry:
    """A line for a moment or a whole day: today and the weekday first where it is near, the day where it is far."""
    moment = at if isinstance(at, datetime) else datetime.combine(at, datetime.max.time(), tzinfo=BEIJING)
    day, today = in_beijing(moment), in_beijing(now)
    hour = moment.astimezone(BEIJING).strftime("%H:%M") if isinstance(at, datetime) else ""
    if day == today:
        head, under = pgettext("day", "Today"), hour
    elif today < day < today + A_WEEK:
        head, under = weekday(day), f"{said_day(day)} {hour}"
    else:
        year = "" if abs(day - today) < NEARLY_A_YEAR else f"{said_year(day)} "
        head, under = said_day(day), f"{year}{weekday(day)} {hour}"
    return Entry(at=moment, day=head, time=under.strip(), title=title, **more)  # type: ignore[arg-type]


def soonest(lines: Iterable[Entry]) -> tuple[Entry, ...]:
    """The first lines by date, as many as one takes in."""
    return tuple(sorted(lines, key=lambda line: line.at)[:LINES])


def days_left(until: datetime | date, now: datetime) -> Tag:
    """How long there is still time, in a word; pressing under three days."""
    day = in_beijing(until) if isinstance(until, datetime) else until
    left = (day - in_beijing(now)).days
    if left <= 0:
        return Tag(_("ends today"), "warn", "clock")
    words = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    return Tag(words, "warn" if left < 3 else "", "clock")
