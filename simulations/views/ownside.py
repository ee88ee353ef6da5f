"""One's own side of the table, where the player sits in a seat: what each term is worth, and when to leave."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .words import figure, term


@dataclass(frozen=True, slots=True)
class Worth:
    """One issue on one's own sheet: the most it can bring, and what single values bring."""

    id: str
    text: str
    most: str
    values: list[tuple[str, str]]
    knots: str  # as JSON, for the paper that adds up while terms are set


@dataclass(frozen=True, slots=True)
class Own:
    """The sheet of one's own side."""

    party: str
    name: str
    person: str
    walk_away: str
    rows: list[Worth]
    extras: str
    base: str
    last: str


def own_side(view: dict[str, Any]) -> Own | None:
    """The sheet, where the protocol gives one; none for a broker."""
    sheet = view["sheet"]
    if sheet is None:
        return None
    party = next(each for each in view["parties"] if each["you"])
    issues = {issue["id"]: issue for issue in view["issues"]}
    last = view["offers"][-1]["packages"][0] if view["offers"] else None
    return Own(
        party=party["id"],
        name=party["name"],
        person=party["person"],
        walk_away=figure(round(sheet["walk_away"], 1)),
        rows=[_worth(issues[row["id"]], row) for row in sheet["issues"]],
        extras=json.dumps(sheet["interactions"]),
        base=figure(sheet["partners"].get(view["partner"], 0)),
        last=figure(round(points_of(sheet, last, view["partner"]), 1)) if last else "",
    )


def _worth(issue: dict[str, Any], row: Mapping[str, Any]) -> Worth:
    points = row["points"]
    pairs = list(points.items()) if isinstance(points, Mapping) else [(at, p) for at, p in points]
    return Worth(
        id=row["id"],
        text=issue["text"],
        most=figure(round(max(p for _at, p in pairs), 1)),
        values=[(term(issue, at), figure(round(p, 1))) for at, p in pairs],
        knots=json.dumps(points),
    )


def points_of(sheet: Mapping[str, Any], package: Mapping[str, Any], partner: str | None) -> float:
    """What a whole package is worth to one's own side, of 100."""
    total = sum(_points(row["points"], package[row["id"]]) for row in sheet["issues"])
    added = (each["add"] for each in sheet["interactions"] if _is_met(each["when"], package))
    return float(total + sum(added) + sheet["partners"].get(partner, 0))


def _is_met(when: Mapping[str, Any], package: Mapping[str, Any]) -> bool:
    return all(_in(wanted, package[issue]) for issue, wanted in when.items())


def _in(wanted: Any, value: Any) -> bool:
    return value in wanted if isinstance(value, str) else bool(wanted[0] <= value <= wanted[-1])


def _points(points: Any, value: Any) -> float:
    """Points of a choice, or along the knots of a number; beyond their ends they stay level."""
    if isinstance(points, Mapping):
        return float(points[value])
    for (a, p), (b, q) in pairwise(points):
        if value <= b:
            return float(p + (q - p) * (max(value, a) - a) / (b - a))
    return float(points[-1][1])
