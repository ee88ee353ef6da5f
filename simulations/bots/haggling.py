"""Haggling: packages built from what the view shows of both sides, better with more skill."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from . import Draw, View
from .looking import grid, told

UNTOLD = 1.5
SWEEPS = 3
Package = dict[str, Any]


@dataclass
class Haggler:
    """Keeps a guess of what both sides value, and which of them needs more."""

    skill: float
    listens: bool = True
    lean: float = 0.5
    heard: dict[tuple[str, str], float] = field(default_factory=dict)
    rounds: int = 0

    def packages(self, view: View, u01: Draw) -> list[Package]:
        """One to three whole packages for this round."""
        self._hear(view)
        self.rounds += 1
        sides = (view["talks"]["principal"], view["talks"]["partner"])
        leans = (self.lean,) if u01(f"meso:{self.rounds}") > self.skill else self._leans()
        guesses = {side: self._guess(view, side) for side in sides}
        packages: list[Package] = [package for offer in view["offers"] for package in offer["packages"]]
        before = len(packages)
        for n, lean in enumerate(leans):
            best = self._best(view, sides, guesses, lean, packages)
            packages.append(self._blurred(view, best, u01, n))
        new = [*self._counters(view, u01), *packages[before:]][: view["talks"]["packages"]]
        return [each for n, each in enumerate(new) if each not in new[:n]]

    def _counters(self, view: View, u01: Draw) -> list[Package]:
        """What the other sides have offered themselves is worth trying on each other."""
        if not view["offers"] or u01(f"counter:{self.rounds}") > self.skill:
            return []
        offered = [package for offer in view["offers"] for package in offer["packages"]]
        counters = [reply["counter"] for reply in view["offers"][-1]["replies"] if reply["counter"]]
        return [counter for counter in counters if counter not in offered][:1]

    def _leans(self) -> tuple[float, ...]:
        return (self.lean - 0.12, self.lean, self.lean + 0.12)

    def _hear(self, view: View) -> None:
        if not view["offers"]:
            return
        principal = view["talks"]["principal"]
        need = {"accept": 0.0, "close": 0.5, "reject": 1.0, "insulted": 1.6}
        for reply in view["offers"][-1]["replies"]:
            sign = 1 if reply["party"] == principal else -1
            self.lean += sign * 0.05 * need[reply["mood"]] * (0.4 + self.skill)
            for issue in reply["issues"]:
                key = (reply["party"], issue)
                self.heard[key] = self.heard.get(key, 0.0) + 0.4 * self.skill
        self.lean = max(0.15, min(0.85, self.lean))

    def _guess(self, view: View, party: str) -> dict[str, tuple[float, Callable[[Any], float]]]:
        guess = {}
        for issue in view["issues"]:
            hint = told(view, issue["id"], party) if self.listens else None
            weight = float(hint["importance"]) + 0.3 if hint else UNTOLD
            weight += self.heard.get((party, issue["id"]), 0.0)
            guess[issue["id"]] = (weight, cache(_liking(issue, party, hint)))
        total = sum(weight for weight, _ in guess.values())
        return {name: (weight / total, liking) for name, (weight, liking) in guess.items()}

    def _best(
        self, view: View, sides: tuple[str, str], guesses: dict[str, Any], lean: float, met: list[Package]
    ) -> Package:
        """Climb to the best guess; if that has been on the table, to the best package one step away from it."""
        values = {issue["id"]: _tries(view, issue, sides, listens=self.listens) for issue in view["issues"]}

        def worth(package: Package) -> float:
            return self._worth(package, sides, guesses, lean)

        package = {name: tries[len(tries) // 2] for name, tries in values.items()}
        for _ in range(SWEEPS):
            for name, tries in values.items():
                package[name] = max(tries, key=lambda value: worth({**package, name: value}))
        if package not in met:
            return package
        near = [{**package, name: value} for name, tries in values.items() for value in tries]
        return max((each for each in near if each not in met), key=worth, default=package)

    def _worth(self, package: Package, sides: tuple[str, str], guesses: dict[str, Any], lean: float) -> float:
        first, second = (
            sum([weight * liking(package[name]) for name, (weight, liking) in guesses[side].items()]) for side in sides
        )
        return float(max(first, 0.01) ** lean * max(second, 0.01) ** (1 - lean))

    def _blurred(self, view: View, package: Package, u01: Draw, n: int) -> Package:
        blurred = dict(package)
        for issue in view["issues"]:
            if u01(f"blur:{self.rounds}:{n}:{issue['id']}") < (1 - self.skill) * 0.45:
                values = grid(issue)
                blurred[issue["id"]] = values[int(u01(f"to:{self.rounds}:{n}:{issue['id']}") * len(values))]
        return blurred


def _tries(view: View, issue: View, sides: tuple[str, str], *, listens: bool) -> list[Any]:
    values = grid(issue)
    if issue["kind"] == "choice" or not listens:
        return values
    named = [hint["at"] for side in sides if (hint := told(view, issue["id"], side)) and hint["at"] is not None]
    return sorted({*values, *named})


def _liking(issue: View, party: str, hint: View | None) -> Callable[[Any], float]:
    towards = issue["towards"][party]
    if issue["kind"] == "choice":
        return _choice_liking(issue, towards, hint)
    low, high = issue["low"], issue["high"]
    at = hint["at"] if hint else None
    if at is None:
        return lambda value: (value - low) / (high - low) if towards == "high" else (high - value) / (high - low)
    if towards == "high":
        return lambda value: _bend(value, low, at, high)
    return lambda value: _bend(high + low - value, low, high + low - at, high)


def _bend(value: float, worst: float, at: float, best: float) -> float:
    if value >= at:
        return 0.85 + 0.15 * (value - at) / (best - at) if best > at else 1.0
    return 0.85 * (value - worst) / (at - worst) if at > worst else 0.0


def _choice_liking(issue: View, towards: str, hint: View | None) -> Callable[[Any], float]:
    order = [each["id"] for each in issue["values"]]
    wished = hint["wants"] if hint else towards
    reach = max(1, len(order) - 1)
    return lambda value: (
        0.9 if value == wished else max(0.0, 1 - abs(order.index(value) - order.index(towards)) / reach)
    )
