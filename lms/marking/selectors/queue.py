"""What waits for one marker: rounds, and the next script of each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from lms.cohorts.selectors.roles import organisations_of
from lms.marking.enums import LIVE_ALLOCATIONS, MARKER_ROLES, AllocationState, RoundState
from lms.marking.models import Allocation, Mark, RoundMarker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A round with what one has still to mark in it; `next_uid` is the first of those."""

    title: str
    title_en: str
    organisation: str
    organisation_en: str
    due_at: "datetime | None"
    open: int
    marked: int
    next_uid: UUID | None


def own_rounds(user: "User | AnonymousUser") -> list[OwnRound]:
    """Open rounds in which `user` marks, those that are due first (one query)."""
    if not user.is_authenticated:
        return []
    first = Allocation.objects.filter(marker=OuterRef("pk"), state=AllocationState.OPEN).order_by("pk").values("uid")
    rows = (
        RoundMarker.objects.filter(
            user=user.pk,
            left_at__isnull=True,
            round__state=RoundState.OPEN,
            round__organisation__in=organisations_of(user, *MARKER_ROLES),
        )
        .select_related("round__organisation")
        .annotate(
            open=Count("allocations", filter=Q(allocations__state=AllocationState.OPEN)),
            marked=Count("allocations", filter=Q(allocations__state=AllocationState.MARKED)),
            next_uid=Subquery(first[:1]),
        )
        .order_by("round__due_at", "round__pk")
    )
    return [
        OwnRound(
            row.round.title,
            row.round.title_en,
            row.round.organisation.name,
            row.round.organisation.name_en,
            row.round.due_at,
            row.open,
            row.marked,
            row.next_uid,
        )
        for row in rows
    ]


def to_mark(user: "User | AnonymousUser", uid: Any) -> "QuerySet[Any, Any]":
    """One script that was given to `user`, with the number and content of their newest mark."""
    newest = Mark.objects.filter(allocation=OuterRef("pk")).order_by("-seq")
    return (
        Allocation.objects.visible_to(user)
        .filter(uid=uid)
        .select_related("marker", "script__round__organisation", "script__rubric_version__rubric", "script__seal")
        .annotate(
            seq=Subquery(newest.values("seq")[:1]),
            chosen=Subquery(newest.values("criteria")[:1]),
            comment=Subquery(newest.values("comment")[:1]),
            marked_at=Subquery(newest.values("at")[:1]),
        )
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a script stands among those of its marker."""

    number: int
    of: int
    open: int
    next_uid: UUID | None
    before_uid: UUID | None


def place_of(allocation: Allocation) -> Place:
    """The script's place in its marker's list of the round, and which open one comes next (one query)."""
    rows = (
        Allocation.objects.filter(marker=allocation.marker_id, state__in=LIVE_ALLOCATIONS)
        .order_by("pk")
        .values_list("uid", "state")
    )
    listed: Sequence[tuple[UUID, str]] = list(rows)
    uids = [uid for uid, _state in listed]
    at = uids.index(allocation.uid)
    waiting = [uid for uid, state in [*listed[at + 1 :], *listed[:at]] if state == AllocationState.OPEN]
    return Place(
        number=at + 1,
        of=len(listed),
        open=sum(state == AllocationState.OPEN for _uid, state in listed),
        next_uid=next(iter(waiting), None),
        before_uid=uids[at - 1] if at else None,
    )


def own_scripts(user: "User | AnonymousUser") -> "QuerySet[Any, Any]":
    """Everything that `user` was given in open rounds, what is open first."""
    newest = Mark.objects.filter(allocation=OuterRef("pk")).order_by("-seq")
    return (
        Allocation.objects.visible_to(user)
        .filter(script__round__state=RoundState.OPEN)
        .select_related("script__round", "script__rubric_version__rubric")
        .annotate(points=Subquery(newest.values("points")[:1]), marked_at=Subquery(newest.values("at")[:1]))
        .order_by("-state", "pk")
    )
