"""What is late, or soon will be: claims that wait too long, claims to complete, credits that stop counting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Exists, Min, OuterRef, QuerySet, Sum

from lms.accounts.selectors.people import all_people
from lms.credits.enums import ClaimState, CreditKind, ShareState
from lms.credits.models import Claim, ClaimShare, CreditLine

from .figures import hundredths

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.cohorts.models import Organisation

EXPIRING_DAYS, COMPLETING_DAYS = 60, 7


@dataclass(frozen=True, slots=True)
class Expiring:
    """Credits of one person that stop counting on one day, the first of the days that come."""

    person: "Person"
    points: Decimal
    last_day: date


def overdue_at_organisations(today: date) -> "list[tuple[Organisation, int]]":
    """Organisations where claims wait past their day, every share being agreed, and how many (one query)."""
    shares = ClaimShare.objects.filter(claim=OuterRef("pk")).exclude(state=ShareState.AGREED)
    late = Claim.objects.filter(~Exists(shares), state=ClaimState.SUBMITTED, due_on__lt=today)
    late = late.exclude(kind=CreditKind.VIOLATION).select_related("organisation").order_by("organisation")
    by_base = groupby(late.iterator(), key=lambda claim: claim.organisation)
    return [(base, sum(1 for _claim in claims)) for base, claims in by_base]


def to_complete_soon(today: date) -> QuerySet[Claim]:
    """Returned claims whose day to be completed comes within a week."""
    soon = Claim.objects.filter(
        state=ClaimState.RETURNED, due_on__gte=today, due_on__lte=today + timedelta(days=COMPLETING_DAYS)
    )
    return soon.select_related("person__user", "organisation").prefetch_related("events").order_by("due_on", "pk")


def expiring(today: date) -> Iterator[Expiring]:
    """For everybody whose credits stop counting within two months: how many on the first of those days (three
    queries).
    """
    window = {"valid_to__gte": today, "valid_to__lte": today + timedelta(days=EXPIRING_DAYS)}
    lines = CreditLine.objects.filter(**window).order_by()
    first = dict(lines.values_list("person").annotate(day=Min("valid_to")))
    sums = lines.values_list("person", "valid_to").annotate(points=Sum("points"))
    left = {person: hundredths(points) for person, day, points in sums if first[person] == day}
    people = all_people().filter(pk__in=[person for person, points in left.items() if points > 0])
    for person in people.select_related("user").order_by("pk"):
        yield Expiring(person, left[person.pk], first[person.pk])
