"""Scripts by what they wait for, and one script as its marker or its lead reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from lms.accounts.selectors.people import all_people
from lms.marking.enums import LIVE_ALLOCATIONS, AllocationState, ScriptState
from lms.marking.models import Allocation, Mark, Outcome, Script

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from lms.accounts.models import User
    from lms.marking.models import MarkingRound


def _held(*states: AllocationState) -> Coalesce:
    """How many markers hold a script in one of these states; a subquery, so that scripts can still be counted."""
    rows = Allocation.objects.filter(script=OuterRef("pk"), state__in=states).order_by().values("script")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def with_state(scripts: "QuerySet[Script]") -> "QuerySet[Any, Any]":
    """Each with `state_now`, and with the points that stand and their rule."""
    standing = Outcome.objects.filter(script=OuterRef("pk")).order_by("-seq")
    lacking = Q(live__lt=F("round__markers_per_script")) | Q(open=0)
    return scripts.annotate(
        live=_held(*LIVE_ALLOCATIONS),
        open=_held(AllocationState.OPEN),
        points=Subquery(standing.values("points")[:1]),
        rule=Subquery(standing.values("rule")[:1]),
    ).annotate(
        state_now=Case(
            When(points__isnull=False, then=Value(ScriptState.SETTLED)),
            When(lacking, then=Value(ScriptState.LEAD)),
            When(live__gt=F("round__markers_per_script"), then=Value(ScriptState.THIRD)),
            default=Value(ScriptState.MARKERS),
            output_field=CharField(max_length=8),
        )
    )


def needs_lead(script: Script) -> bool:
    """Whether nobody is at work on `script` although it has no points, or a place of it is held by nobody."""
    found = with_state(Script.objects.filter(pk=script.pk)).values_list("state_now", flat=True)
    return found.get() == ScriptState.LEAD


def scripts_of(round: "MarkingRound", state: str = "") -> "QuerySet[Any, Any]":
    """The scripts of a round, those that need the lead first, with who marked them and how."""
    urgency = Case(*(When(state_now=each, then=Value(number)) for number, each in enumerate(ScriptState)))
    found = with_state(Script.objects.filter(round=round)).select_related("rubric_version__rubric")
    found = found.filter(state_now=state) if state else found
    held = Allocation.objects.filter(state__in=LIVE_ALLOCATIONS).select_related("marker__user__person")
    return found.prefetch_related(
        Prefetch("allocations", held.annotate(points=_newest("points")).order_by("place"), to_attr="held")
    ).order_by(urgency, "pk")


def _newest(field: str) -> Subquery:
    return Subquery(Mark.objects.filter(allocation=OuterRef("pk")).order_by("-seq").values(field)[:1])


@dataclass(frozen=True, slots=True)
class LevelView:
    """A level to choose, with the digit that chooses it."""

    digit: int
    points: str
    text: str
    text_en: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion of a rubric with its levels."""

    id: str
    title: str
    title_en: str
    most: str
    levels: Sequence[LevelView]

    @property
    def chosen(self) -> LevelView | None:
        return next((level for level in self.levels if level.chosen), None)


def plain(points: Any) -> str:
    """Points without idle zeros: 2, 2.5."""
    return f"{Decimal(points).normalize():f}"


def _are_same(chosen: str | None, points: str) -> bool:
    """Whether a level was chosen; what somebody sent may be no number at all."""
    try:
        return chosen is not None and Decimal(chosen) == Decimal(points)
    except InvalidOperation:
        return False


def criteria_views(criteria: Sequence[dict[str, Any]], chosen: dict[str, str]) -> list[CriterionView]:
    """The criteria of a rubric, the chosen levels ticked; the digits run from 1, the tenth level is 0."""

    def levels(criterion: dict[str, Any]) -> list[LevelView]:
        picked = chosen.get(criterion["id"])
        return [
            LevelView(
                digit=number % 10,
                points=plain(level["points"]),
                text=level["text"],
                text_en=level.get("text_en", ""),
                chosen=_are_same(picked, level["points"]),
            )
            for number, level in enumerate(criterion["levels"], start=1)
        ]

    return [
        CriterionView(
            each["id"],
            each["title"],
            each.get("title_en", ""),
            plain(each["max"]),
            levels(each),
        )
        for each in criteria
    ]


@dataclass(frozen=True, slots=True)
class MarkView:
    """What one person put down, as the lead sees it."""

    place: int
    name: str
    points: Decimal
    comment: str
    criteria: Sequence[CriterionView]


def marks_of(script: Script) -> list[MarkView]:
    """The mark that counts of everybody who marked the script, the third marker's last (one query)."""
    rows = Mark.objects.filter(allocation__script=script, allocation__state=AllocationState.MARKED)
    newest = {
        mark.allocation_id: mark for mark in rows.select_related("allocation__marker__user__person").order_by("seq")
    }
    return [
        MarkView(
            mark.allocation.place,
            mark.allocation.marker.user.get_full_name(),
            mark.points,
            mark.comment,
            criteria_views(script.rubric_version.criteria, mark.criteria),
        )
        for mark in sorted(newest.values(), key=lambda mark: mark.allocation.place)
    ]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion with the level that each marker chose, by the marker's name."""

    criterion: CriterionView
    cells: Sequence[tuple[str, LevelView | None]]


def side_by_side(marks: Sequence[MarkView]) -> list[CriterionRow]:
    """The marks of a script criterion by criterion."""
    columns = [mark.criteria for mark in marks]
    return [
        CriterionRow(row[0], [(mark.name, each.chosen) for mark, each in zip(marks, row, strict=True)])
        for row in zip(*columns, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Who gave a script back, and why."""

    name: str
    reason: str
    at: "datetime | None"


def given_back(script: Script) -> list[GivenBack]:
    """Everybody who gave the script back because they know whose it is (one query)."""
    rows = script.allocations.filter(state=AllocationState.DECLINED).select_related("marker__user__person")
    return [GivenBack(each.marker.user.get_full_name(), each.reason, each.ended_at) for each in rows.order_by("pk")]


def script_to_decide(user: "User | AnonymousUser", uid: Any) -> "QuerySet[Any, Any]":
    """A script of a round that one leads, with its state."""
    found = Script.objects.visible_to(user).filter(uid=uid)
    return with_state(found).select_related("round__organisation", "rubric_version__rubric", "person", "seal")


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """How the points of a script came about at one time, and who decided where somebody did."""

    outcome: Outcome
    decided_by: str


def outcomes_of(script: Script) -> list[OutcomeView]:
    """Every outcome, the oldest first (one query, and one for the names of those who decided)."""
    found = list(script.outcomes.order_by("seq"))
    numbers = {int(each.decided_by.removeprefix("user:")) for each in found if each.decided_by}
    people = all_people().filter(user__in=numbers) if numbers else []
    names = {f"user:{person.user_id}": person.real_name for person in people}
    return [OutcomeView(each, names.get(each.decided_by, "")) for each in found]
