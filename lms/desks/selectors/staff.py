"""The desks of those who work for an organisation: what is theirs, and how much of it there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import get_language

from lms.cohorts.enums import LIVE_STATES, Role
from lms.cohorts.selectors.cohorts import cohorts_staffed_by
from lms.cohorts.selectors.roles import organisations_of
from lms.desks.navigation import address
from lms.kernel.levels import LevelCode

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.cohorts.models import Cohort, Organisation

# A desk shows the first of a long list and leads to the rest.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class CohortRow:
    """A cohort in the language now active."""

    title: str
    code: str
    base: str
    level: LevelCode
    starts_on: date
    ends_on: date
    members: int
    places: int
    url: str


@dataclass(frozen=True, slots=True)
class CohortsShown:
    """The latest cohorts, and how many there are in all."""

    rows: Sequence[CohortRow]
    count: int
    people: int

    @property
    def more(self) -> int:
        """Those that are not shown."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation that an authority oversees, with what it does."""

    code: str
    name: str
    kind: str
    cohorts: int
    people: int


def cohorts_shown(user: "User | AnonymousUser") -> CohortsShown:
    """The latest cohorts of the organisations that `user` works for (two queries)."""
    cohorts = cohorts_staffed_by(user)
    sums = cohorts.order_by().aggregate(
        count=Count("pk", distinct=True),
        people=Count("memberships", filter=Q(memberships__state__in=LIVE_STATES), distinct=True),
    )
    return CohortsShown([_row(cohort) for cohort in cohorts[:SHOWN]], sums["count"], sums["people"])


def organisations_shown(user: "User | AnonymousUser") -> list[OrganisationRow]:
    """The organisations under the authorities that `user` works for, and these themselves (one query)."""
    members = Count("cohorts__memberships", filter=Q(cohorts__memberships__state__in=LIVE_STATES), distinct=True)
    found = (
        organisations_of(user, Role.AUTHORITY_OFFICER)
        .annotate(cohort_count=Count("cohorts", distinct=True), people=members)
        .order_by("kind", "code")
    )
    return [_organisation(each) for each in found]


def _row(cohort: "Cohort") -> CohortRow:
    english = get_language() == "en"
    return CohortRow(
        title=cohort.title_en if english and cohort.title_en else cohort.title,
        code=cohort.code,
        base=cohort.organisation.name_en if english else cohort.organisation.name,
        level=LevelCode(cohort.level),
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        members=cohort.member_count,  # type: ignore[attr-defined]  # annotated by the selector
        places=cohort.capacity,
        url=address("cohorts:cohort", cohort.pk),
    )


def _organisation(each: "Organisation") -> OrganisationRow:
    return OrganisationRow(
        code=each.code,
        name=each.name_en if get_language() == "en" else each.name,
        kind=str(each.get_kind_display()),
        cohorts=each.cohort_count,  # type: ignore[attr-defined]  # annotated above
        people=each.people,  # type: ignore[attr-defined]  # annotated above
    )
