"""Boards of those who let their names stand there, one for each organisation and year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from lms.credits.models import BoardConsent, CreditLine

from .figures import hundredths

if TYPE_CHECKING:
    from lms.accounts.models import Person

# With fewer people a place on the board would tell who those are that do not stand on it.
LEAST = 5
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place; people with the same points share one."""

    rank: int
    shown_as: str
    points: Decimal
    own: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one organisation and year; without places while too few people stand on it."""

    year: int
    people: int
    places: Sequence[Place]
    consent: BoardConsent | None

    @property
    def shown(self) -> bool:
        """Whether enough people stand on it."""
        return self.people >= LEAST


def points_at(organisation_id: int, year: int) -> "QuerySet[CreditLine, tuple[int, Decimal]]":
    """What each person earned at an organisation in a year, those without anything left out; to be read or narrowed."""
    earned = CreditLine.objects.filter(organisation=organisation_id, year=year).order_by()
    return earned.values_list("person").annotate(sum=Sum("points")).filter(sum__gt=0)


def years_at(organisation_id: int) -> list[int]:
    """The years in which somebody earned credits at an organisation, the newest first (one query)."""
    years = CreditLine.objects.filter(organisation=organisation_id).order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


def board(organisation_id: int, year: int, person: "Person") -> Board:
    """The board as `person` sees it (two queries, whatever the number of people)."""
    consents = BoardConsent.objects.filter(organisation=organisation_id, until__isnull=True)
    names = {consent.person_id: consent for consent in consents}
    earned = [
        (who, hundredths(points))
        for who, points in points_at(organisation_id, year).filter(person__in=consents.values("person"))
    ]
    own = names.get(person.pk)
    if len(earned) < LEAST:
        return Board(year, len(earned), (), own)
    earned.sort(key=lambda row: (-row[1], names[row[0]].shown_as))
    return Board(year, len(earned), _places(earned, names, person.pk), own)


def _places(earned: Sequence[tuple[int, Decimal]], names: dict[int, BoardConsent], person_id: int) -> list[Place]:
    """The first places, and one's own wherever it is."""
    places, rank, before = [], 0, None
    for number, (who, points) in enumerate(earned, start=1):
        rank = rank if points == before else number
        before = points
        if number <= MOST_SHOWN or who == person_id:
            places.append(Place(rank, names[who].shown_as, points, own=who == person_id))
    return places
