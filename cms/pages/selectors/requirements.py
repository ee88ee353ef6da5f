"""What a level asks for, rule by rule, as its page tells it: read from the scheme in force."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from lms.kernel.levels import LevelCode
from lms.schemes.enums import FactKind, ModuleCode
from lms.schemes.selectors.asking import asks as asks_of
from lms.schemes.selectors.asking import plain
from lms.schemes.selectors.current import NoRulesInForce, NoSuchLevel, current_version, level_of
from lms.schemes.selectors.facts import standing_in
from lms.schemes.selectors.topics import topics_of

if TYPE_CHECKING:
    from lms.schemes.models import Topic
    from lms.schemes.selectors.standing import NodeStanding


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the scheme; `depth` 1 stands under the rule above it, `asks` is its figure in words."""

    title: str
    asks: str
    source: str
    depth: int


@dataclass(frozen=True, slots=True)
class RequirementMap:
    """Everything a level asks for: its arches, and under them rule by rule with where each figure comes from."""

    name: str
    version: str
    basis: str
    years: int
    arches: list[dict[str, Any]]
    rules: list[Rule]
    modules: "list[tuple[str, list[Topic]]]"


def requirement_map(code: LevelCode | str, now: datetime) -> RequirementMap | None:
    """The map of a level under the rules of this day (three queries); None before there are rules."""
    try:
        version = current_version(now)
        level = level_of(version, code)
    except (NoRulesInForce, NoSuchLevel):
        return None
    english = get_language() == "en"
    parts = standing_in([], level).root.children
    return RequirementMap(
        name=level.local_name,
        version=version.title_en if english else version.title,
        basis=version.basis_en if english else version.basis,
        years=level.validity_years,
        arches=[{"label": _arch_label(part), "percent": 0, "done": False} for part in parts],
        rules=[rule for part in parts for rule in _rules(part)],
        modules=_modules(topics_of(level)),
    )


def _modules(topics: "list[Topic]") -> "list[tuple[str, list[Topic]]]":
    """The topics of each module that has some, in the order of the syllabus."""
    found = [(str(module.label), [topic for topic in topics if topic.module == module]) for module in ModuleCode]
    return [(label, own) for label, own in found if own]


def _rules(node: "NodeStanding", depth: int = 0) -> list[Rule]:
    own = Rule(node.label, asks(node), node.local_source, depth)
    return [own, *(rule for child in node.children for rule in _rules(child, depth + 1))]


def _arch_label(part: "NodeStanding") -> str:
    """The name of an arch with its widest figure: schemes write the whole before its parts."""
    first = next(part.leaves(), part)
    figure = (
        "" if first.fact in (FactKind.IDENTITY, FactKind.CERTIFICATE, FactKind.COURSE, None) else plain(first.required)
    )
    return f"{part.label} {figure}".strip()


def asks(node: "NodeStanding") -> str:
    """What a rule asks for, in words; nothing for one that only gathers others."""
    return asks_of(node.kind, node.fact, node.required, node.bar)
