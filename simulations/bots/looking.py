"""Looking: small questions that bots put to a view."""

from collections.abc import Iterable, Iterator
from typing import Any

from . import View
from .knowledge import GRADES


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
    return [round(issue["low"] + issue["step"] * n, 9) for n in range(steps + 1)]


def middle(issue: View) -> Any:
    """The middle of an issue."""
    values = grid(issue)
    return values[len(values) // 2]


def told(issue: View, party: str) -> View | None:
    """What was found out about a party's interest in an issue: the last that names a value, or else the last."""
    hints = [hint for hint in issue["hints"] if hint["party"] == party]
    return next((hint for hint in reversed(hints) if hint["at"] is not None), hints[-1] if hints else None)


def weight(fact: View) -> float:
    """How much a fact weighs as evidence."""
    return GRADES.get(fact.get("grade", "statement"), 1.0)


class Ledger:
    """What the facts found so far speak for (above 0) and against (below), weighed by the grade of each."""

    def __init__(self) -> None:
        self.read = 0
        self.sums: dict[str, float] = {}

    def of(self, view: View) -> dict[str, float]:
        """The sums by what is borne on. Facts are only ever added, so that each is read once."""
        for fact in view["facts"][self.read :]:
            for bearing in fact.get("bears", ()):
                sign = -1.0 if bearing.get("against") else 1.0
                self.sums[bearing["on"]] = self.sums.get(bearing["on"], 0.0) + sign * weight(fact)
        self.read = len(view["facts"])
        return self.sums


def first_heard(view: View, prefix: str) -> str | None:
    """What the first fact to speak for anything under a name speaks for: `assess:problem:` gives an answer."""
    for fact in view["facts"]:
        for bearing in fact.get("bears", ()):
            if bearing["on"].startswith(prefix) and not bearing.get("against"):
                return str(bearing["on"][len(prefix) :])
    return None


def moves_done(view: View) -> set[str]:
    """The kinds of acts that were done."""
    return set(_moves_done(view))


def _moves_done(view: View) -> Iterator[str]:
    for action in view["actions"]:
        if not action["done"]:
            continue
        if action.get("move"):
            yield action["move"]
        for option in action["options"]:
            if option["id"] == action["chosen"] and option.get("move"):
                yield option["move"]


def limits(view: View) -> dict[str, View]:
    """The bounds on terms that facts tell, the tightest of each: `{issue: {ge, le, among}}`."""
    bounds: dict[str, View] = {}
    for fact in view["facts"]:
        for issue, limit in fact.get("limits", {}).items():
            kept = bounds.setdefault(issue, {"ge": None, "le": None, "among": None})
            if limit.get("ge") is not None:
                kept["ge"] = limit["ge"] if kept["ge"] is None else max(kept["ge"], limit["ge"])
            if limit.get("le") is not None:
                kept["le"] = limit["le"] if kept["le"] is None else min(kept["le"], limit["le"])
            if limit.get("among"):
                allowed = set(limit["among"])
                kept["among"] = allowed if kept["among"] is None else kept["among"] & allowed
    return bounds


def keeps(value: Any, bound: View | None) -> bool:
    """Whether a term keeps a bound."""
    if bound is None:
        return True
    if bound["among"] is not None and value not in bound["among"]:
        return False
    if isinstance(value, str):
        return True
    return not ((bound["ge"] is not None and value < bound["ge"]) or (bound["le"] is not None and value > bound["le"]))


def impossible(view: View) -> bool:
    """Whether the bounds that facts tell leave some term no value at all."""
    return any(_shut(bound) for bound in limits(view).values())


def _shut(bound: View) -> bool:
    if bound["among"] is not None and not bound["among"]:
        return True
    return bound["ge"] is not None and bound["le"] is not None and bool(bound["ge"] > bound["le"])
