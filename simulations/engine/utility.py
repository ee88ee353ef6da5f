"""Utility: what terms are worth to a party, as a float that never leaves the engine unrounded."""

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from .scenario import Scenario
from .table import Interaction


def curve_at(points: tuple[tuple[float, float], ...], x: float) -> float:
    """Read a piecewise linear curve; beyond its ends it stays level."""
    xs = [point[0] for point in points]
    at = bisect_right(xs, x)
    if at == 0:
        return points[0][1]
    if at == len(points):
        return points[-1][1]
    (x0, y0), (x1, y1) = points[at - 1], points[at]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def value_of(sc: Scenario, party: str, issue: str, value: Any) -> float:
    """How good one term is for a party by itself, between 0 and 1."""
    scale = sc.scales[party][issue]
    return scale[value] if isinstance(scale, dict) else curve_at(scale, float(value))


def meets(interaction: Interaction, terms: Mapping[str, Any]) -> bool:
    """Whether the terms meet the interaction: two numbers are a range, words are a set."""
    return all(_in(allowed, terms[issue]) for issue, allowed in interaction.when.items())


def _in(allowed: tuple[Any, ...], value: Any) -> bool:
    if isinstance(value, str):
        return value in allowed
    return bool(allowed[0] <= value <= allowed[-1])


def worth(sc: Scenario, party: str, partner: str, terms: Mapping[str, Any]) -> float:
    """The utility of whole terms to a party, when the principal sits across from this partner."""
    utility = sc.parties[party].utility
    total = sum(weight * value_of(sc, party, issue, terms[issue]) for issue, weight in utility.weights.items())
    total += sum(each.add for each in utility.interactions if meets(each, terms))
    return total + (sc.talks.appeal.get(partner, 0.0) if party == sc.talks.principal else 0.0)
