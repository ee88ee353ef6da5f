"""Looking: small questions that bots put to a view."""

from collections.abc import Iterable
from typing import Any

from . import View


def by_id(things: Iterable[View], name: str) -> View:
    """The thing of that id. Views list things with ids."""
    return next(each for each in things if each["id"] == name)


def find(things: Iterable[View], name: str) -> View | None:
    """The thing of that id, if the view shows it."""
    return next((each for each in things if each["id"] == name), None)


def grid(issue: View) -> list[Any]:
    """The values that an issue is usually tried at."""
    if issue["kind"] == "choice":
        return [each["id"] for each in issue["values"]]
    steps = int((issue["high"] - issue["low"]) / issue["step"] + 1e-9)
    return [issue["low"] + issue["step"] * n for n in range(steps + 1)]


def middle(issue: View) -> Any:
    """The middle of an issue."""
    values = grid(issue)
    return values[len(values) // 2]


def told(view: View, issue: str, party: str) -> View | None:
    """What was found out about a party's interest in an issue."""
    hints = by_id(view["issues"], issue)["hints"]
    return next((hint for hint in hints if hint["party"] == party), None)
