"""The three levels as the front door tells them: read from the scheme in force, never written down twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from cms.pages.models import LevelPage
from lms.kernel.levels import LevelCode
from lms.schemes.enums import FactKind
from lms.schemes.selectors.current import NoRulesInForce, current_version, levels_of


@dataclass(frozen=True, slots=True)
class LevelCard:
    """A level with what it asks for, each figure as people write it."""

    code: LevelCode
    name: str
    other_name: str
    hours: str
    exam: str
    simulations: str
    simulation_marks: str
    credits: str
    builds_on: str


@dataclass(frozen=True, slots=True)
class LevelsInForce:
    """The levels of the scheme in force and the version that says so; empty before the first version."""

    version: str = ""
    basis: str = ""
    cards: tuple[LevelCard, ...] = ()

    @property
    def first(self) -> LevelCard | None:
        """The level that everybody begins with."""
        return self.cards[0] if self.cards else None


def levels_in_force(now: datetime) -> LevelsInForce:
    """The three levels under the rules of this day (two queries)."""
    try:
        version = current_version(now)
    except NoRulesInForce:
        return LevelsInForce()
    english = get_language() == "en"
    levels = list(levels_of(version))
    names = {level.code: (level.name_en if english else level.name) for level in levels}
    return LevelsInForce(
        version=version.title_en if english else version.title,
        basis=version.basis_en if english else version.basis,
        cards=tuple(_card(level, names, english=english) for level in levels),
    )


def pages_by_level() -> dict[str, LevelPage]:
    """The live page of each level that has one (one query)."""
    return {page.level: page for page in LevelPage.objects.live().order_by("path").defer("body", "body_en")}


def _card(level: Any, names: dict[str, str], *, english: bool) -> LevelCard:
    leaves = list(_leaves(level.requirements))
    return LevelCard(
        code=LevelCode(level.code),
        name=names[level.code],
        other_name=level.name if english else level.name_en,
        hours=_figure(leaves, FactKind.CLASS_HOURS),
        exam=_figure(leaves, FactKind.EXAM),
        simulations=_figure(leaves, FactKind.SIMULATION, "count"),
        simulation_marks=_figure(leaves, FactKind.SIMULATION, "per_ref_at_least"),
        credits=_figure(leaves, FactKind.CONTRIBUTION),
        builds_on=names.get(_first(leaves, FactKind.CERTIFICATE).get("refs", [""])[0], ""),
    )


def _leaves(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node.get("kind") == "leaf":
        yield node
    for child in node.get("children", ()):
        yield from _leaves(child)


def _first(leaves: list[dict[str, Any]], kind: FactKind) -> dict[str, Any]:
    """The widest requirement of a kind: schemes write the whole before its parts."""
    return next((leaf for leaf in leaves if leaf["fact"] == kind), {})


def _figure(leaves: list[dict[str, Any]], kind: FactKind, name: str = "at_least") -> str:
    """A figure of a requirement as people write it: 60, 48, 1.5; empty where the level does not ask for it."""
    figure = _first(leaves, kind).get(name)
    return f"{Decimal(str(figure)).normalize():f}" if figure else ""
