"""Rounds as those who lead them read them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from lms.cohorts.selectors.roles import organisations_of
from lms.marking.enums import LEAD_ROLES, AllocationState, ScriptState
from lms.marking.models import MarkingRound, RoundMarker, Script

from .markers import people_who_may_mark
from .scripts import with_state

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User


def rounds_led_by(user: "User | AnonymousUser") -> "QuerySet[MarkingRound]":
    """Rounds of organisations that one manages: open ones first, the newest first."""
    if not user.is_authenticated:
        return MarkingRound.objects.none()
    led = MarkingRound.objects.filter(organisation__in=organisations_of(user, *LEAD_ROLES))
    return led.select_related("organisation").order_by("-state", "-pk")


def round_of_source(source: str) -> MarkingRound | None:
    """The newest round for a source or its continuations (`exams.exam:12`, `exams.exam:12:2`)."""
    of_source = Q(source=source) | Q(source__startswith=f"{source}:")
    return MarkingRound.objects.filter(of_source).order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Progress:
    """How many scripts of a round stand where."""

    counts: dict[str, int] = field(default_factory=dict)

    @property
    def scripts(self) -> int:
        return sum(self.counts.values())

    @property
    def settled(self) -> int:
        return self.counts.get(ScriptState.SETTLED, 0)

    @property
    def for_lead(self) -> int:
        return self.counts.get(ScriptState.LEAD, 0)

    @property
    def with_third(self) -> int:
        return self.counts.get(ScriptState.THIRD, 0)


def progress_of(*rounds: MarkingRound) -> dict[int, Progress]:
    """The progress of these rounds (one query)."""
    found = {round.pk: Progress() for round in rounds}
    rows = with_state(Script.objects.filter(round__in=list(found))).order_by().values("round", "state_now")
    for row in rows.annotate(number=Count("pk")):
        found[row["round"]].counts[row["state_now"]] = row["number"]
    return found


@dataclass(frozen=True, slots=True)
class MarkerRow:
    """Somebody who marks in a round, with what they have done."""

    user_id: int
    name: str
    weight: int
    open: int
    marked: int
    declined: int
    left_at: datetime | None
    may_mark: bool


@dataclass(frozen=True, slots=True)
class Staff:
    """Who marks or has marked in a round, those at work first, and who could be added."""

    rows: "list[MarkerRow]"
    others: "list[User]"


def staff_of(round: MarkingRound, at: datetime) -> Staff:
    """The markers of a round, and the markers and trainers of its organisation beside them (three queries)."""
    still = people_who_may_mark(round.organisation_id, at)
    rows = _marker_rows(round, set(still))
    there = {row.user_id for row in rows if row.left_at is None}
    return Staff(rows, [user for pk, user in still.items() if pk not in there])


def _marker_rows(round: MarkingRound, still: set[int]) -> list[MarkerRow]:

    def count(state: AllocationState) -> Count:
        return Count("allocations", filter=Q(allocations__state=state))

    rows = (
        RoundMarker.objects.filter(round=round)
        .select_related("user__person")
        .annotate(
            open=count(AllocationState.OPEN),
            marked=count(AllocationState.MARKED),
            declined=count(AllocationState.DECLINED),
        )
        .order_by(F("left_at").asc(nulls_first=True), "pk")
    )
    return [
        MarkerRow(
            row.user_id,
            row.user.get_full_name(),
            row.weight,
            row.open,
            row.marked,
            row.declined,
            row.left_at,
            row.user_id in still,
        )
        for row in rows
    ]
