"""Who may be given which script, and how much each has taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lms.cohorts.selectors.roles import users_in_role
from lms.marking.enums import LIVE_ALLOCATIONS, MARKER_ROLES, AllocationState
from lms.marking.models import Allocation, MarkingRound, RoundMarker, Script

if TYPE_CHECKING:
    from lms.accounts.models import User


def people_who_may_mark(organisation_id: int, at: datetime) -> "dict[int, User]":
    """Markers and trainers of an organisation, by the number of their sign-in (two queries)."""
    return {user.pk: user for role in MARKER_ROLES for user in users_in_role(organisation_id, role, at=at)}


def markers_at_work(round: MarkingRound, at: datetime) -> "QuerySet[Any, Any]":
    """Markers of a round who have not left it and may still mark, with `live`: the scripts they have taken."""
    still = people_who_may_mark(round.organisation_id, at)
    return (
        RoundMarker.objects.filter(round=round, left_at__isnull=True, user__in=list(still))
        .select_related("user")
        .annotate(live=Count("allocations", filter=Q(allocations__state__in=LIVE_ALLOCATIONS)))
    )


def eligible(script: Script, at: datetime) -> "QuerySet[Any, Any]":
    """Who may be given `script`: not its author, nobody who knows them, nobody who has or had it.

    Whoever has once given back a script of a person because they know them is given none of that person's again.
    """
    known = Allocation.objects.filter(
        state=AllocationState.DECLINED, marker__user=OuterRef("user"), script__person=script.person_id
    )
    had = Allocation.objects.filter(script=script, marker=OuterRef("pk")).exclude(state=AllocationState.TAKEN_BACK)
    return (
        markers_at_work(script.round, at)
        .exclude(user__person=script.person_id)
        .exclude(Exists(known))
        .exclude(Exists(had))
    )


@dataclass(frozen=True, slots=True)
class Load:
    """A marker with what they have taken."""

    marker: RoundMarker
    live: int


def next_marker(code: str, loads: Iterable[Load]) -> RoundMarker | None:
    """Who is furthest below their share; among equals the script's code draws, so that pairs change."""

    def rank(load: Load) -> tuple[float, bytes]:
        drawn = blake2b(f"{code}|{load.marker.pk}".encode(), digest_size=8).digest()
        return load.live / load.marker.weight, drawn

    return min(loads, key=rank).marker if (loads := list(loads)) else None
