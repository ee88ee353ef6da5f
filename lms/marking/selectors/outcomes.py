"""Points that stand, for the rooms that handed scripts in."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from lms.marking.models import Outcome


@dataclass(frozen=True, slots=True)
class Settled:
    """The standing outcome of a script: its row, its points, and the points of the rubric."""

    outcome_id: int
    points: Decimal
    max_points: Decimal


def outcomes_by_source(sources: Collection[str]) -> dict[str, Settled]:
    """The standing outcome of each of these scripts that has one (one query)."""
    rows = Outcome.objects.filter(script__source__in=list(sources)).order_by("seq")
    found = rows.values_list("script__source", "pk", "points", "max_points")
    return {source: Settled(pk, points, most) for source, pk, points, most in found}


def points_by_source(sources: Collection[str]) -> dict[str, Decimal]:
    """The points that stand, as the rubric counts them (one query)."""
    return {source: settled.points for source, settled in outcomes_by_source(sources).items()}
