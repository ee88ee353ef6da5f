"""Rounds of marking: opened under declared rules, staffed, and closed for ever."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Conflict, NotAllowed
from lms.marking.enums import RoundState, ScriptState
from lms.marking.models import MarkingRound, RoundMarker, Script
from lms.marking.selectors.markers import people_who_may_mark
from lms.marking.selectors.scripts import with_state
from lms.records.services import audit

from .allocating import held_open, hold, pass_on, take_back
from .scripts import RoundIsClosed
from .settling import settle

if TYPE_CHECKING:
    from lms.accounts.models import User
    from lms.cohorts.models import Organisation

MOST_WEIGHT = 9


class RulesAreFixed(Conflict):
    code = "marking-rules-fixed"
    message = _(
        "The first script of this round has arrived. How many markers it has and what gap calls for a third "
        "stay as they were declared; only the day can still be moved."
    )


class CannotMark(NotAllowed):
    code = "cannot-mark"
    message = _("Only markers and trainers of the training base mark in its rounds. Give the role first.")


class ScriptsAreOpen(Conflict):
    code = "scripts-are-open"
    message = _("%(open)s scripts have no points yet. A round is closed when every script is settled.")


@transaction.atomic
def open_round(
    *,
    organisation: "Organisation",
    source: str,
    title: str,
    now: datetime,
    title_en: str = "",
    markers_per_script: int = 2,
    gap_percent: Decimal = Decimal(20),
    due_at: datetime | None = None,
) -> MarkingRound:
    """The round for `source`, locked until the transaction ends: the one that is there, or a new one."""
    round, _is_new = MarkingRound.objects.get_or_create(
        source=source,
        defaults={
            "organisation": organisation,
            "title": title,
            "title_en": title_en,
            "markers_per_script": markers_per_script,
            "gap_percent": gap_percent,
            "due_at": due_at,
            "created_at": now,
        },
    )
    return hold(round.pk)


def _held_open_round(round: MarkingRound) -> MarkingRound:
    held = hold(round.pk)
    if held.state == RoundState.CLOSED:
        raise RoundIsClosed
    return held


def _book(action: str, round: MarkingRound, actor: "User", detail: dict[str, object], now: datetime) -> None:
    audit.record(
        action=action,
        actor=f"user:{actor.pk}",
        subject=f"marking.round:{round.pk}",
        organisation=round.organisation.code,
        detail=detail,
        now=now,
    )


@transaction.atomic
def declare(
    *,
    round: MarkingRound,
    markers_per_script: int,
    gap_percent: Decimal,
    due_at: datetime | None,
    actor: "User",
    now: datetime,
) -> MarkingRound:
    """Set the rules; once the first script has arrived, only the day by which it is to be marked."""
    held = _held_open_round(round)
    rules = (markers_per_script, gap_percent)
    if rules != (held.markers_per_script, held.gap_percent) and Script.objects.filter(round=held).exists():
        raise RulesAreFixed
    held.markers_per_script, held.gap_percent, held.due_at = markers_per_script, gap_percent, due_at
    held.save(update_fields=["markers_per_script", "gap_percent", "due_at"])
    detail = {
        "markers": markers_per_script,
        "gap": str(gap_percent),
        "due": due_at.isoformat() if due_at else "",
    }
    _book("marking.round-declared", held, actor, detail, now)
    return held


@transaction.atomic
def add_marker(
    *, round: MarkingRound, user: "User", now: datetime, weight: int = 1, actor: "User | None" = None
) -> RoundMarker:
    """Let `user` mark in the round, for a share of `weight`; places that nobody holds are given at once."""
    held = _held_open_round(round)
    if user.pk not in people_who_may_mark(held.organisation_id, now):
        raise CannotMark
    marker, _is_new = RoundMarker.objects.update_or_create(
        round=held,
        user=user,
        defaults={"weight": min(max(weight, 1), MOST_WEIGHT), "left_at": None},
        create_defaults={"weight": min(max(weight, 1), MOST_WEIGHT), "joined_at": now},
    )
    _book("marking.marker-added", held, actor or user, {"marker": user.pk, "share": marker.weight}, now)
    _give_what_waits(held, now)
    return marker


def _give_what_waits(round: MarkingRound, now: datetime) -> None:
    """Look again at scripts for which nobody was left."""
    waiting = with_state(Script.objects.filter(round=round)).filter(state_now=ScriptState.LEAD)
    for script in waiting.select_related("rubric_version", "person").order_by("pk"):
        script.round = round
        settle(script=script, now=now)


@transaction.atomic
def remove_marker(*, round: MarkingRound, user: "User", actor: "User", now: datetime) -> int:
    """Take somebody out of the round; what they marked stands, what is open goes to others. Answers how many."""
    held = _held_open_round(round)
    marker = RoundMarker.objects.get(round=held, user=user)
    if marker.left_at is None:
        marker.left_at = now
        marker.save(update_fields=["left_at"])
        _book("marking.marker-removed", held, actor, {"marker": user.pk}, now)
    open_ones = held_open(marker)
    for allocation in open_ones:
        take_back(allocation=allocation, now=now)
        pass_on(allocation=allocation, now=now)
    return len(open_ones)


@transaction.atomic
def close_round(*, round: MarkingRound, actor: "User", now: datetime) -> MarkingRound:
    """Close the round for ever; refused while a script has no points."""
    held = _held_open_round(round)
    unsettled = Script.objects.filter(round=held, outcomes__isnull=True).count()
    if unsettled:
        raise ScriptsAreOpen(open=unsettled)
    held.state, held.closed_at = RoundState.CLOSED, now
    held.save(update_fields=["state", "closed_at"])
    _book("marking.round-closed", held, actor, {}, now)
    return held
