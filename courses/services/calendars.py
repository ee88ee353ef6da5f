"""Taking one's calendar along: a feed at an address that nobody guesses, in the form that calendar programs read."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from courses.models import CalendarFeed
from courses.models.feed import new_key
from courses.selectors.calendar import CalendarEntry
from lms.kernel.beijing import BEIJING

if TYPE_CHECKING:
    from lms.accounts.models import Person

ZONE = "Asia/Shanghai"
ASK_EVERY = timedelta(hours=6)
ONE_DAY = timedelta(days=1)


@transaction.atomic
def open_feed(*, person: "Person", now: datetime) -> CalendarFeed:
    """The person's feed; made when there is none."""
    feed, _made = CalendarFeed.objects.get_or_create(person=person, defaults={"made_at": now})
    return feed


@transaction.atomic
def renew_feed(*, person: "Person", now: datetime) -> CalendarFeed:
    """A new address; whoever has the old one reads nothing any more."""
    feed = open_feed(person=person, now=now)
    feed.key, feed.made_at = new_key(), now
    feed.save(update_fields=["key", "made_at"])
    return feed


@transaction.atomic
def close_feed(*, person: "Person") -> None:
    """No feed, and no address that opens one."""
    CalendarFeed.objects.filter(person=person).delete()


def as_ical(entries: Iterable[CalendarEntry], *, now: datetime) -> bytes:
    """The entries for calendar programs: titles, times and places, nothing about who reads them."""
    calendar = Calendar()
    calendar.add("prodid", "-//Jiqiao//Calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Jiqiao calendar"))
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", vDuration(ASK_EVERY), parameters={"VALUE": "DURATION"})
    for entry in entries:
        for event in _events(entry, now):
            calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _events(entry: CalendarEntry, now: datetime) -> Iterator[Event]:
    """One event; a room that is open for days would fill them all, so its opening and closing are two."""
    if not isinstance(entry.begins, datetime) or entry.ends is None:
        yield _whole_day(_event(entry.ref, entry.title, entry, now), entry.begins)
    elif entry.ends - entry.begins <= ONE_DAY:
        yield _timed(_event(entry.ref, entry.title, entry, now), entry.begins, entry.ends)
    else:
        opens, closes = _("%(title)s opens") % {"title": entry.title}, _("%(title)s closes") % {"title": entry.title}
        yield _timed(_event(f"{entry.ref}-opens", opens, entry, now), entry.begins, entry.begins)
        yield _timed(_event(f"{entry.ref}-closes", closes, entry, now), entry.ends, entry.ends)


def _event(ref: str, title: str, entry: CalendarEntry, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{ref}@{urlsplit(settings.JIQIAO_BASE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("summary", title)
    event.add("url", settings.JIQIAO_BASE_URL + entry.url)
    if entry.place:
        event.add("location", entry.place)
    return event


def _timed(event: Event, begins: datetime, ends: datetime) -> Event:
    event.add("dtstart", begins.astimezone(BEIJING))
    if ends > begins:
        event.add("dtend", ends.astimezone(BEIJING))
    return event


def _whole_day(event: Event, day: date) -> Event:
    event.add("dtstart", day)
    event.add("dtend", day + ONE_DAY)
    event.add("transp", "TRANSPARENT")
    return event
