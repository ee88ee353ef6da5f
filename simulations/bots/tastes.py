"""Tastes: a guess of what each term is worth to each side, from what was said and found out."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from . import View
from .looking import grid, keeps, told

UNTOLD = 1.5
SHARE = {1: 0.45, 2: 1.0, 3: 1.75}
AT_NAMED = 0.87
SAGS = 1.5


@dataclass(frozen=True, slots=True)
class Taste:
    """What one side likes: for each issue, the worth of each value that may be tried, weights included.

    `exact` is one's own sheet, with its walk-away and with what is added when terms meet.
    """

    points: tuple[tuple[float, ...], ...]
    exact: bool = False
    floor: float = 0.0
    added: tuple[tuple[tuple[tuple[int, frozenset[int]], ...], float], ...] = ()

    def worth(self, places: tuple[int, ...]) -> float:
        """What a package is worth, between about 0 and 1."""
        total = sum([points[place] for points, place in zip(self.points, places, strict=True)])
        for meeting, points in self.added:
            if all(places[n] in allowed for n, allowed in meeting):
                total += points
        return total


@dataclass(frozen=True, slots=True)
class Menu:
    """The values that may be tried, issue by issue."""

    issues: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]

    def package(self, places: tuple[int, ...]) -> dict[str, Any]:
        """The whole package of one value for each issue."""
        return {name: self.values[n][places[n]] for n, name in enumerate(self.issues)}


def menu(view: View, sides: tuple[str, str], bounds: Mapping[str, View], *, listens: bool) -> Menu:
    """What may be tried: the usual values, those that a side named, and none that breaks a bound."""
    return Menu(
        tuple(issue["id"] for issue in view["issues"]),
        tuple(tuple(_tries(issue, sides, bounds.get(issue["id"]), listens=listens)) for issue in view["issues"]),
    )


def _tries(issue: View, sides: tuple[str, str], bound: View | None, *, listens: bool) -> list[Any]:
    values = grid(issue)
    if issue["kind"] == "number":
        extra = [bound["ge"], bound["le"]] if bound else []
        if listens:
            extra += [hint["at"] for side in sides if (hint := told(issue, side))]
        values = sorted({*values, *(v for v in extra if v is not None and issue["low"] <= v <= issue["high"])})
    return [value for value in values if keeps(value, bound)] or values


def guessed(view: View, dishes: Menu, party: str, heard: Mapping[tuple[str, str], float], *, listens: bool) -> Taste:
    """What a side seems to like, by its hints and by what it asked to look at again."""
    weights, curves = [], []
    for n, issue in enumerate(view["issues"]):
        hint = told(issue, party) if listens else None
        weights.append((SHARE[hint["importance"]] if hint else UNTOLD / 1.5) + heard.get((party, issue["id"]), 0.0))
        curves.append([liking(issue, party, hint, value) for value in dishes.values[n]])
    total = sum(weights)
    return Taste(
        tuple(tuple(weight / total * like for like in curve) for weight, curve in zip(weights, curves, strict=True))
    )


def own(sheet: View, dishes: Menu, partner: str | None) -> Taste:
    """What the player's own principal likes, as its sheet says."""
    rows = {row["id"]: row["points"] for row in sheet["issues"]}
    return Taste(
        tuple(
            tuple(_points_at(rows[name], value) / 100 for value in dishes.values[n])
            for n, name in enumerate(dishes.issues)
        ),
        exact=True,
        floor=(sheet["walk_away"] - sheet.get("partners", {}).get(partner, 0)) / 100,
        added=tuple((_meeting(each["when"], dishes), each["add"] / 100) for each in sheet["interactions"]),
    )


def _meeting(when: Mapping[str, list[Any]], dishes: Menu) -> tuple[tuple[int, frozenset[int]], ...]:
    return tuple(
        (n, frozenset(v for v, value in enumerate(dishes.values[n]) if _meets(when[name], value)))
        for n, name in enumerate(dishes.issues)
        if name in when
    )


def _meets(allowed: list[Any], value: Any) -> bool:
    return value in allowed if isinstance(value, str) else bool(allowed[0] <= value <= allowed[-1])


def _points_at(points: Any, value: Any) -> float:
    if isinstance(points, dict):
        return float(points[value])
    knots = [(float(at), float(p)) for at, p in points]
    if value <= knots[0][0]:
        return knots[0][1]
    for (x0, y0), (x1, y1) in pairwise(knots):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return knots[-1][1]


def liking(issue: View, party: str, hint: View | None, value: Any) -> float:
    """How much a side seems to like one value by itself, between 0 and 1."""
    towards = issue["towards"].get(party, "high")
    if issue["kind"] == "choice":
        return _choice(issue, towards, hint, value)
    low, high = issue["low"], issue["high"]
    if hint and hint["wants"] in ("high", "low"):
        towards = hint["wants"]
    at = hint["at"] if hint else None
    if towards == "low":
        value, at = low + high - value, None if at is None else low + high - at
    if at is None:
        return float((value - low) / (high - low))
    return _bent(value, low, max(low, min(high, at)), high)


def _bent(value: float, worst: float, at: float, best: float) -> float:
    """Content from the named value on; short of it the worth sags quickly."""
    if value >= at:
        return AT_NAMED + (1 - AT_NAMED) * (value - at) / (best - at) if best > at else 1.0
    return AT_NAMED * max(0.0, (value - worst) / (at - worst)) ** SAGS if at > worst else 0.0


def _choice(issue: View, towards: str, hint: View | None, value: Any) -> float:
    if hint and value == hint["wants"]:
        return 0.9
    order = [each["id"] for each in issue["values"]]
    if towards not in order:
        return 0.4
    reach = max(1, len(order) - 1)
    return max(0.0, 1 - abs(order.index(value) - order.index(towards)) / reach)
