"""Calendar feeds: one's own, and the one that an address opens."""

from typing import TYPE_CHECKING

from courses.models import CalendarFeed

if TYPE_CHECKING:
    from lms.accounts.models import Person


def feed_of(person: "Person") -> CalendarFeed | None:
    """The person's feed, if they take their calendar along (one query)."""
    return CalendarFeed.objects.filter(person=person).first()


def feed_at(key: str) -> CalendarFeed | None:
    """The feed that this key opens, while its owner may sign in (one query)."""
    found = CalendarFeed.objects.filter(key=key, person__user__is_active=True)
    return found.select_related("person__user").first()
