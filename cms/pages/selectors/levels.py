"""The three levels as the front door tells them: read from the scheme in force, never written down twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lms.kernel.levels import LevelCode
from lms.schemes.enums import FactKind
from lms.schemes.selectors.current import NoRulesInForce, current_version, levels_of


@dataclass(frozen=True, slots=True)
class LevelCard:
    """A level with what it asks for, by kind of fact, in the language now active."""

    code: LevelCode
    name: str
    other_name: str
    hours: str
    exam: str
    simulations: str
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


def _card(level: Any, names: dict[str, str], *, english: bool) -> LevelCard:
    leaves = list(_leaves(level.requirements))
    return LevelCard(
        code=LevelCode(level.code),
        name=names[level.code],
        other_name=level.name if english else level.name_en,
        hours=_hours(leaves),
        exam=_exam(leaves),
        simulations=_simulations(leaves),
        credits=_credits(leaves),
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


def _hours(leaves: list[dict[str, Any]]) -> str:
    leaf = _first(leaves, FactKind.CLASS_HOURS)
    return _plain(leaf["at_least"]) if leaf else ""


def _exam(leaves: list[dict[str, Any]]) -> str:
    leaf = _first(leaves, FactKind.EXAM)
    return _("%(marks)s of 100") % {"marks": _plain(leaf["at_least"])} if leaf else ""


def _simulations(leaves: list[dict[str, Any]]) -> str:
    leaf = _first(leaves, FactKind.SIMULATION)
    if not leaf:
        return ""
    return _("%(count)s, each with %(marks)s or more") % {
        "count": leaf["count"],
        "marks": _plain(leaf["per_ref_at_least"]),
    }


def _credits(leaves: list[dict[str, Any]]) -> str:
    leaf = _first(leaves, FactKind.CONTRIBUTION)
    return _plain(leaf["at_least"]) if leaf else ""


def _plain(figure: Any) -> str:
    """A figure as people write it: 60, 48, 1.5."""
    return f"{Decimal(str(figure)).normalize():f}"
