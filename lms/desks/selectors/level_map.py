"""The map of one level for one person: every rule with its state, what is missing, and where its figures come from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.selectors.catalogue import courses_of_level
from lms.cohorts.selectors.places import place_of
from lms.desks.enums import RuleState
from lms.desks.navigation import address
from lms.kernel.levels import LevelCode
from lms.schemes.enums import FactKind, ModuleCode, NodeKind
from lms.schemes.selectors.current import current_version, level_of
from lms.schemes.selectors.facts import history_of, standing_in
from lms.schemes.selectors.topics import topics_of

from .requirements import Tree, act_of, by_code, figure, figures, first_words, firsts, percent_of, state_of

if TYPE_CHECKING:
    from lms.accounts.models import Person
    from lms.schemes.models import Level, Topic
    from lms.schemes.selectors.standing import NodeStanding, Standing


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the map, with those under it; `first` says what must come before it, `of` how many suffice."""

    code: str
    label: str
    state: RuleState
    reached: str
    required: str
    percent: int
    why: str
    first: str
    of: str
    source: str
    act_url: str = ""
    act: str = ""
    children: tuple["Rule", ...] = ()

    @property
    def done(self) -> bool:
        """Whether it is met."""
        return self.state == RuleState.DONE


@dataclass(frozen=True, slots=True)
class ModuleHours:
    """The class hours of one module: posted, asked for where the level asks, and the topics that it teaches."""

    label: str
    reached: str
    required: str
    source: str
    topics: "tuple[Topic, ...]"


@dataclass(frozen=True, slots=True)
class LevelMap:
    """A level as it stands for one person, in the language now active."""

    code: str
    name: str
    version: str
    number: str
    effective_from: date
    basis: str
    years: int
    rules: tuple[Rule, ...]
    modules: tuple[ModuleHours, ...]
    own: bool

    @property
    def done(self) -> int:
        """How many of the rules directly under the level are met."""
        return sum(rule.done for rule in self.rules)

    @property
    def percent(self) -> int:
        """How much of the level is there, each rule weighing the same."""
        return sum(rule.percent for rule in self.rules) // len(self.rules) if self.rules else 0


def level_map(person: "Person | None", code: LevelCode, now: datetime) -> LevelMap:
    """The map of `person` under the version of their own cohort, or else the one in force (at most six queries)."""
    place = place_of(person.pk) if person else None
    own = place is not None and place.level.code == code
    level = place.level if place and own else level_of(current_version(now), code)
    stands = standing_in(history_of(person.pk) if person else [], level)
    version, english = level.version, get_language() == "en"
    return LevelMap(
        code=level.code,
        name=level.local_name,
        version=version.title_en if english else version.title,
        number=version.number,
        effective_from=version.effective_from,
        basis=version.basis_en if english else version.basis,
        years=level.validity_years,
        rules=_rules(stands, _course_addresses(code)),
        modules=_modules(stands, level),
        own=own,
    )


def _course_addresses(code: LevelCode) -> dict[str, str]:
    return {page.course.code: address("wagtail_serve", f"courses/{page.slug}/") for page in courses_of_level(code)}


def _rules(stands: "Standing", courses: Mapping[str, str]) -> tuple[Rule, ...]:
    tree = by_code(stands.root)
    return tuple(_with_act(_rule(node, tree), node, tree, courses) for node in stands.root.children)


def _rule(node: "NodeStanding", tree: Tree) -> Rule:
    reached, required = figures(node)
    return Rule(
        code=node.code,
        label=node.label,
        state=state_of(node, tree),
        reached=reached,
        required=required,
        percent=percent_of(node),
        why=node.why,
        first=first_words(node, tree),
        of=_("%(count)s of these suffice") % {"count": int(node.required)} if node.kind == NodeKind.ANY_OF else "",
        source=node.local_source,
        children=tuple(_rule(child, tree) for child in node.children),
    )


def _with_act(rule: Rule, node: "NodeStanding", tree: Tree, courses: Mapping[str, str]) -> Rule:
    """The rule with its one link: to the very course or level where it names one, else to the room of its kind."""
    missing = _missing(node, tree)
    if missing is None:
        return rule
    url, words = act_of(missing, tree)
    ref = missing.refs[0] if missing.refs else ""
    if missing.fact == FactKind.COURSE and ref in courses:
        url, words = courses[ref], _("To the course")
    elif missing.fact == FactKind.CLASS_HOURS and len(courses) == 1:
        url = next(iter(courses.values()))
    elif missing.fact == FactKind.CERTIFICATE and ref:
        url, words = address("desks:level", ref), _("To the map of the level before")
    return replace(rule, act_url=url, act=words)


def _missing(node: "NodeStanding", tree: Tree) -> "NodeStanding | None":
    """The leaf to work on for this rule: its first that is not met, or what the scheme puts before it."""
    leaf = next((leaf for leaf in node.leaves() if not leaf.met), None) if not node.met else None
    before = firsts(leaf, tree) if leaf and state_of(node, tree) == RuleState.BLOCKED else ()
    return _missing(before[0], tree) if before else leaf


def _modules(stands: "Standing", level: "Level") -> tuple[ModuleHours, ...]:
    """Modules that the level asks hours of or teaches topics of, in the order of the syllabus."""
    topics = topics_of(level)
    asked = {leaf.refs[0]: leaf for leaf in stands.leaves() if _is_of_a_module(leaf)}
    return tuple(
        _module(module, asked.get(module.value), tuple(topic for topic in topics if topic.module == module))
        for module in ModuleCode
        if module.value in asked or any(topic.module == module for topic in topics)
    )


def _is_of_a_module(leaf: "NodeStanding") -> bool:
    return leaf.fact == FactKind.CLASS_HOURS and len(leaf.refs) == 1


def _module(module: ModuleCode, leaf: "NodeStanding | None", topics: "tuple[Topic, ...]") -> ModuleHours:
    return ModuleHours(
        label=str(module.label),
        reached=figure(leaf, leaf.reached) if leaf else "",
        required=figure(leaf, leaf.required) if leaf else "",
        source=leaf.local_source if leaf else "",
        topics=topics,
    )
