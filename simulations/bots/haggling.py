"""Haggling: packages built from what the view shows of both sides, better with more skill."""

from dataclasses import dataclass, field
from itertools import pairwise, product
from math import exp, log
from typing import Any

from . import Draw, View
from .looking import limits
from .tastes import Menu, Taste, guessed, menu, own

LEANS = tuple(n / 20 for n in range(1, 20))
BREADTH = 0.05
GIVING = 0.015
ASPIRES = 0.86
OWN_SHARE = 0.8
HURRY = 2
NEAREST = 4
MOST_MIXED = 7
OTHERS_FLOOR = 0.66
HOLDS_OUT, GIVES_WAY = 0.85, 0.4
SLIPS = 0.3
FARTHER = {"accept": -0.01, "close": 0.03, "reject": 0.09, "insulted": 0.2}
Package = dict[str, Any]
Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A package by its places on the menu, with what it seems worth to each side."""

    places: Places
    first: float
    second: float


@dataclass(frozen=True, slots=True)
class Wish:
    """What each side still seems to hold out for, and what one's own side asks at its own table."""

    wanted: tuple[float, float]
    asked: float

    def tilted(self, tilt: float) -> "Wish":
        """The same with more of the pressure on one side."""
        return Wish((self.wanted[0] + tilt, self.wanted[1] - tilt), self.asked)


@dataclass
class Haggler:
    """Keeps a guess of what both sides value, and of how much each of them still holds out for."""

    skill: float
    listens: bool = True
    heeds_limits: bool = True
    heard: dict[tuple[str, str], float] = field(default_factory=dict)
    wanted: dict[str, float] = field(default_factory=dict)
    rounds: int = 0

    def packages(self, view: View, u01: Draw) -> list[Package]:
        """One to three whole packages for this round."""
        sides = (view["talks"]["principal"], view["talks"]["partner"])
        dishes = menu(view, sides, limits(view) if self.heeds_limits else {}, listens=self.listens)
        tastes = self._tastes(view, dishes, sides)
        self._hear(view, dishes, sides, tastes)
        self.rounds += 1
        met = {fingerprint(package) for offer in view["offers"] for package in offer["packages"]}
        many = view["talks"]["packages"] if u01(f"meso:{self.rounds}") < self.skill else 1
        new: list[Package] = self._counters(view, dishes, tastes, met, u01)
        found = _promising(tastes) + _mixes(view, dishes, tastes, sides)
        wish = Wish((self.wanted[sides[0]], self.wanted[sides[1]]), self._asked(view, tastes, found))
        found += _around(tastes, sorted(found, key=lambda each: -_promise(tastes, each, wish))[:NEAREST])
        found = [each for each in found if each.first >= tastes[0].floor] or found
        for tilt in (0.0, -0.04, 0.04)[:many]:
            known = met | {fingerprint(each) for each in new}
            best = _best(dishes, tastes, found, known, wish.tilted(tilt))
            slipped = self._blurred(dishes, tastes[0], best, u01, len(new))
            new.append(best if fingerprint(slipped) in known else slipped)
        return [each for n, each in enumerate(new) if each not in new[:n]][: view["talks"]["packages"]]

    def _tastes(self, view: View, dishes: Menu, sides: tuple[str, str]) -> tuple[Taste, Taste]:
        sheet = view.get("sheet")
        first, second = (guessed(view, dishes, side, self.heard, listens=self.listens) for side in sides)
        return (own(sheet, dishes, sides[1]) if sheet else first, second)

    def _hear(self, view: View, dishes: Menu, sides: tuple[str, str], tastes: tuple[Taste, Taste]) -> None:
        """Learn from the last replies: what a side asked for weighs more, and how far off each side was."""
        for side, taste in zip(sides, tastes, strict=True):
            if not view["offers"]:
                self.wanted[side] = taste.floor + OWN_SHARE * (1 - taste.floor) if taste.exact else ASPIRES
            else:
                self.wanted[side] -= GIVING
        if not view["offers"]:
            return
        last = view["offers"][-1]
        for reply in last["replies"]:
            if reply["party"] not in sides:
                continue
            taste = tastes[sides.index(reply["party"])]
            got = _worth_of(dishes, taste, last["packages"][reply["package"]])
            wanted, learns = got + FARTHER[reply["mood"]], 0.3 + 0.6 * self.skill
            self.wanted[reply["party"]] += learns * (wanted - self.wanted[reply["party"]])
            for issue in reply["issues"]:
                key = (reply["party"], issue)
                self.heard[key] = self.heard.get(key, 0.0) + 0.25 * self.skill

    def _counters(
        self, view: View, dishes: Menu, tastes: tuple[Taste, Taste], met: set[Any], u01: Draw
    ) -> list[Package]:
        """What the other sides have offered themselves is worth trying on each other."""
        if not view["offers"] or u01(f"counter:{self.rounds}") > self.skill:
            return []
        counters = [reply["counter"] for reply in view["offers"][-1]["replies"] if reply["counter"]]
        if tastes[0].exact:
            counters = [each for each in counters if _worth_of(dishes, tastes[0], each) > tastes[0].floor]
        return [counter for counter in counters if fingerprint(counter) not in met][:1]

    def _asked(self, view: View, tastes: tuple[Taste, Taste], found: list[Option]) -> float:
        """What one's own side holds out for at its own table: much at first, then less; at the end, what will do."""
        left = view["clock"]["rounds"] - view["clock"]["round"]
        if not tastes[0].exact or left <= HURRY:
            return 0.0
        best = max((each.first for each in found if each.second >= OTHERS_FLOOR), default=0.0)
        progress = view["clock"]["round"] / max(1, view["clock"]["rounds"] - HURRY)
        return tastes[0].floor + (best - tastes[0].floor) * (HOLDS_OUT - GIVES_WAY * progress)

    def _blurred(self, dishes: Menu, taste: Taste, package: Package, u01: Draw, n: int) -> Package:
        """The package as the less skilled put it: some terms a step or two beside what they meant."""
        blurred = dict(package)
        for place, name in enumerate(dishes.issues):
            if u01(f"blur:{self.rounds}:{n}:{name}") < (1 - self.skill) * SLIPS:
                values = dishes.values[place]
                step = (1, -1, 2, -2)[int(u01(f"to:{self.rounds}:{n}:{name}") * 4)]
                blurred[name] = values[max(0, min(len(values) - 1, values.index(package[name]) + step))]
        if taste.exact and _worth_of(dishes, taste, blurred) < taste.floor:
            return package
        return blurred


def _best(dishes: Menu, tastes: tuple[Taste, Taste], found: list[Option], met: set[Any], wish: Wish) -> Package:
    """The package likeliest to please both sides, among those that have not been on the table."""
    ranked = sorted(found, key=lambda each: -_promise(tastes, each, wish))
    packages = (dishes.package(each.places) for each in ranked)
    return next((package for package in packages if fingerprint(package) not in met), dishes.package(ranked[0].places))


def fingerprint(package: Package) -> tuple[Any, ...]:
    """What tells packages apart, in whatever order their terms came back from where they were kept."""
    return tuple(package[name] for name in sorted(package))


def _promising(tastes: tuple[Taste, Taste]) -> list[Option]:
    """The packages that are best for some balance of the sides, and the steps between them."""
    corners = [_corner(tastes, lean) for lean in LEANS]
    found = dict.fromkeys(corners)
    for one, two in pairwise(corners):
        places = one
        for n, place in enumerate(two):
            places = (*places[:n], place, *places[n + 1 :])
            found.setdefault(places)
    return [_option(tastes, places) for places in found]


def _mixes(view: View, dishes: Menu, tastes: tuple[Taste, Taste], sides: tuple[str, str]) -> list[Option]:
    """What lies between the package that one side liked and the one that the other side liked."""
    liked = [_liked(view, dishes, side) for side in sides]
    if liked[0] is None or liked[1] is None:
        return []
    pairs = [sorted({one, two}) for one, two in zip(liked[0], liked[1], strict=True)]
    if sum(len(pair) - 1 for pair in pairs) > MOST_MIXED:
        return []
    return [_option(tastes, places) for places in product(*pairs)]


def _liked(view: View, dishes: Menu, side: str) -> Places | None:
    """The last package that a side took, or nearly took."""
    for mood in ("accept", "close"):
        for offer in reversed(view["offers"]):
            for reply in offer["replies"]:
                if reply["party"] == side and reply["mood"] == mood:
                    return _places(dishes, offer["packages"][reply["package"]])
    return None


def _corner(tastes: tuple[Taste, Taste], lean: float) -> Places:
    places = []
    for first, second in zip(tastes[0].points, tastes[1].points, strict=True):
        worths = [lean * one + (1 - lean) * two for one, two in zip(first, second, strict=True)]
        places.append(worths.index(max(worths)))
    return tuple(places)


def _around(tastes: tuple[Taste, Taste], best: list[Option]) -> list[Option]:
    """Every package one term away from the best."""
    found: dict[Places, Option] = {each.places: each for each in best}
    for each in best:
        for n, (first, second) in enumerate(zip(tastes[0].points, tastes[1].points, strict=True)):
            old = each.places[n]
            for new in range(len(first)):
                places = (*each.places[:n], new, *each.places[n + 1 :])
                if places in found:
                    continue
                if tastes[0].added:
                    found[places] = _option(tastes, places)
                else:
                    worth = (each.first + first[new] - first[old], each.second + second[new] - second[old])
                    found[places] = Option(places, *worth)
    return list(found.values())[len(best) :]


def _option(tastes: tuple[Taste, Taste], places: Places) -> Option:
    return Option(places, tastes[0].worth(places), tastes[1].worth(places))


def _worth_of(dishes: Menu, taste: Taste, package: Package) -> float:
    return taste.worth(_places(dishes, package))


def _places(dishes: Menu, package: Package) -> Places:
    return tuple(_place(dishes.values[n], package[name]) for n, name in enumerate(dishes.issues))


def _place(values: tuple[Any, ...], value: Any) -> int:
    """Where a value stands on the menu; a number that is not on it stands with its neighbour."""
    if value in values or isinstance(value, str):
        return values.index(value) if value in values else 0
    return min(range(len(values)), key=lambda n: abs(values[n] - value))


def _promise(tastes: tuple[Taste, Taste], option: Option, wish: Wish) -> float:
    """How likely both say yes; at one's own table, how much is left for one's own side as well."""
    odds = 1 + exp((wish.wanted[1] - option.second) / BREADTH)
    if not tastes[0].exact:
        return -log(odds * (1 + exp((wish.wanted[0] - option.first) / BREADTH)))
    gain = option.first - tastes[0].floor
    return (log(gain) if gain > 0 else -50 + gain) - 40 * max(0.0, wish.asked - option.first) - log(odds)
