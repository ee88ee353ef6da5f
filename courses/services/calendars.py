"""Taking one's calendar along: a feed at an address that nobody guesses, in the form that calendar programs read."""

from collections.abc import Iterable
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
        calendar.add_component(_event(entry, now))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(entry: CalendarEntry, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.ref}@{urlsplit(settings.JIQIAO_BASE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("summary", entry.title)
    event.add("url", settings.JIQIAO_BASE_URL + entry.url)
    if entry.place:
        event.add("location", entry.place)
    if isinstance(entry.begins, datetime) and entry.ends is not None:
        event.add("dtstart", entry.begins.astimezone(BEIJING))
        event.add("dtend", entry.ends.astimezone(BEIJING))
    else:
        _whole_day(event, entry.begins)
    return event


def _whole_day(event: Event, day: date) -> None:
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
