"""Giving scripts to markers: by share, never to their author, and to somebody else when one gives them back."""

from datetime import datetime

from django.db import transaction

from lms.marking.enums import LIVE_ALLOCATIONS, AllocationState
from lms.marking.models import Allocation, MarkingRound, RoundMarker, Script
from lms.marking.selectors.markers import Load, eligible, next_marker

from .telling import tell_leads, tell_marker


def hold(round_id: int) -> MarkingRound:
    """The round's row, locked until the transaction ends: whatever moves its scripts waits for it."""
    found = MarkingRound.objects.select_for_update(of=("self",)).select_related("organisation")
    return found.get(pk=round_id)


def open_places(script: Script) -> list[int]:
    """Places of the first markers that nobody holds."""
    held = set(script.allocations.filter(state__in=LIVE_ALLOCATIONS).values_list("place", flat=True))
    return [place for place in range(1, script.round.markers_per_script + 1) if place not in held]


@transaction.atomic
def give(*, script: Script, place: int, now: datetime) -> Allocation | None:
    """Give a place of `script` to whoever is due; where nobody is left, the leads are told."""
    loads = [Load(marker, marker.live) for marker in eligible(script, now)]
    marker = next_marker(script.code, loads)
    if marker is None:
        tell_leads(script, now)
        return None
    allocation, _is_new = Allocation.objects.update_or_create(
        script=script,
        marker=marker,
        defaults={
            "place": place,
            "state": AllocationState.OPEN,
            "reason": "",
            "given_at": now,
            "ended_at": None,
        },
    )
    marker.round = script.round
    tell_marker(marker, now)
    return allocation


def fill(*, script: Script, now: datetime) -> None:
    """Give every place that nobody holds."""
    for place in open_places(script):
        give(script=script, place=place, now=now)


def take_back(*, allocation: Allocation, now: datetime) -> None:
    """Take a script from a marker who has not marked it."""
    allocation.state, allocation.ended_at = AllocationState.TAKEN_BACK, now
    allocation.save(update_fields=["state", "ended_at"])


def pass_on(*, allocation: Allocation, now: datetime) -> None:
    """Give the place of an allocation that has ended to somebody else."""
    give(script=allocation.script, place=allocation.place, now=now)


def held_open(marker: RoundMarker) -> list[Allocation]:
    """What a marker has still to mark."""
    found = marker.allocations.filter(state=AllocationState.OPEN).select_related("script__round__organisation")
    return list(found.order_by("pk"))
