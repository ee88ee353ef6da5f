"""Cohorts and who is in them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from lms.cohorts.enums import LIVE_STATES, STAFF_ROLES, MembershipState
from lms.cohorts.models import Cohort, Membership
from lms.schemes.selectors.current import NoSuchLevel, level_of
from lms.schemes.selectors.standing import Standing, standings

from .roles import organisations_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.cohorts.models import Organisation


def cohorts_by_code(user: "User | AnonymousUser", code: str, base: str = "") -> QuerySet[Cohort]:
    """Cohorts that `user` may see under this code; another base may use the same, `base` tells them apart."""
    found = Cohort.objects.visible_to(user).filter(code=code).select_related("organisation", "scheme_version")
    return (found.filter(organisation__code=base) if base else found).order_by("organisation__code")


def cohorts_staffed_by(user: "User | AnonymousUser") -> QuerySet[Cohort]:
    """Cohorts of the organisations that `user` works for, newest first, with their live members counted."""
    return (
        Cohort.objects.filter(organisation__in=organisations_of(user, *STAFF_ROLES))
        .select_related("organisation")
        .annotate(member_count=Count("memberships", filter=Q(memberships__state__in=LIVE_STATES)))
        .order_by("-starts_on", "-pk")
    )


def cohorts_of(organisations: "QuerySet[Organisation]") -> QuerySet[Cohort]:
    """Every cohort of these organisations, the last to begin first."""
    found = Cohort.objects.filter(organisation__in=organisations)
    return found.select_related("organisation").order_by("-starts_on", "-pk")


def open_cohorts(organisation_ids: Collection[int], today: date) -> QuerySet[Cohort]:
    """Cohorts of these bases that run or are still to begin, the next first; what a base says of itself in public."""
    found = Cohort.objects.filter(organisation__in=organisation_ids, ends_on__gte=today)
    return found.select_related("organisation").order_by("starts_on", "pk")


def current_membership(person_id: int) -> Membership | None:
    """The cohort in which a person studies now, the latest begun if there are several."""
    active = Membership.objects.filter(person_id=person_id, state=MembershipState.ACTIVE)
    return (
        active.select_related("cohort__organisation", "cohort__scheme_version")
        .order_by("-cohort__starts_on", "-pk")
        .first()
    )


def members_of(cohort: Cohort) -> QuerySet[Membership]:
    """Everybody on the roster, by name, with the person and the sign-in."""
    return cohort.memberships.select_related("person__user").order_by("person__real_name", "pk")


@dataclass(frozen=True, slots=True)
class Places:
    """How full a cohort is."""

    active: int
    finished: int
    withdrawn: int
    capacity: int

    @property
    def taken(self) -> int:
        return self.active + self.finished

    @property
    def over(self) -> int:
        """People beyond the places that were planned."""
        return max(0, self.taken - self.capacity)


def places_of(cohort: Cohort) -> Places:
    """How many people are on the roster in which state (one query)."""
    counts = dict(cohort.memberships.values_list("state").annotate(Count("pk")).order_by())
    return Places(
        counts.get(MembershipState.ACTIVE, 0),
        counts.get(MembershipState.FINISHED, 0),
        counts.get(MembershipState.WITHDRAWN, 0),
        cohort.capacity,
    )


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of a cohort, and where they stand before its level if the scheme knows the level."""

    membership: Membership
    standing: Standing | None


def member_rows(cohort: Cohort, memberships: list[Membership]) -> list[MemberRow]:
    """These members with their standing (two queries for all of them)."""
    try:
        level = level_of(cohort.scheme_version, cohort.level)
    except NoSuchLevel:
        return [MemberRow(membership, None) for membership in memberships]
    found = standings(person_ids=[membership.person_id for membership in memberships], level=level)
    return [MemberRow(membership, found[membership.person_id]) for membership in memberships]


def live_memberships(person_id: int) -> QuerySet[Membership]:
    """Every cohort in which a person has a place, with the cohort (one query)."""
    return Membership.objects.live().filter(person_id=person_id).select_related("cohort").order_by("pk")
