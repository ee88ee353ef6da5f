"""Scenarios as the engine reads them, made once for each content and kept by its hash."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import get_language

from lms.kernel.levels import LevelCode
from simulations.engine.load import load
from simulations.engine.scenario import Scenario
from simulations.engine.truths import with_truths
from simulations.models import Attempt, ScenarioVersion

_VERSIONS, _VARIANTS = 64, 512  # a scenario is some 200 kB; a variant shares all but its numbers

# The levels in the order in which people take them.
LEVEL_ORDER = Case(
    *(When(level=level.value, then=Value(place)) for place, level in enumerate(LevelCode)),
    default=Value(len(LevelCode)),
)


def playable_scenarios() -> QuerySet[ScenarioVersion]:
    """Scenarios on offer, without their long texts, by level and code."""
    return ScenarioVersion.objects.playable().defer("truths").order_by(LEVEL_ORDER, "code")


def playable_scenario(code: str) -> ScenarioVersion | None:
    """The version of a scenario that is on offer."""
    return ScenarioVersion.objects.playable().filter(code=code).first()


def scenario_in(version: ScenarioVersion) -> Scenario:
    """The case as it was written, before any variant is drawn."""
    return _read(version.content_hash, version.source)


def scenario_of(attempt: Attempt) -> Scenario:
    """The case with the numbers that this attempt has drawn, at its difficulty."""
    return scenario_by(attempt, attempt.scenario_version)


def scenario_by(attempt: Attempt, version: ScenarioVersion) -> Scenario:
    """The numbers of an attempt in another edition of its case: a corrected rubric is read like this."""
    return _varied(_Kept(version.content_hash, version), str(attempt.variant_seed), attempt.difficulty)


def engine_language() -> str:
    """The reader's language as the engine calls it."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


@lru_cache(maxsize=_VERSIONS)
def _read(content_hash: str, source: str) -> Scenario:
    loaded = load(source)
    if loaded.scenario is None:
        raise ValueError(f"the kept scenario {content_hash} cannot be read: {loaded.problems[0].message}")
    return loaded.scenario


@dataclass(frozen=True, slots=True)
class _Kept:
    """A version by its content; the row is read only when its scenario has not been made yet."""

    content_hash: str
    version: ScenarioVersion = field(compare=False)


@lru_cache(maxsize=_VERSIONS)
def _scored(kept: _Kept) -> Scenario:
    """The case with the truths that approval worked out."""
    return with_truths(_read(kept.content_hash, kept.version.source), kept.version.truths)


@lru_cache(maxsize=_VARIANTS)
def _varied(kept: _Kept, variant_seed: str, difficulty: str) -> Scenario:
    return _scored(kept).variant(variant_seed, difficulty)


def budget_unit(scenario: Scenario) -> str:
    """The unit of the budget in the reader's language; one that begins with a figure is multiplied by."""
    unit = scenario.say(scenario.budget_unit, engine_language())
    return f"× {unit}" if unit[:1].isdigit() else unit


@dataclass(frozen=True, slots=True)
class PublicCase:
    """What a case says of itself to everybody; nothing that is hidden in play."""

    level: str
    title: str
    subtitle: str
    invented: str
    minutes: int
    days: int
    rounds: int
    pass_mark: int


def public_cases() -> list[PublicCase]:
    """The cases on offer in the language now active, by level and code (one query)."""
    return [_public_case(version) for version in playable_scenarios()]


def _public_case(version: ScenarioVersion) -> PublicCase:
    scenario, language = scenario_in(version), engine_language()
    return PublicCase(
        level=version.level,
        title=scenario.say(scenario.title, language),
        subtitle=scenario.say(scenario.subtitle, language),
        invented=scenario.say(scenario.invented, language),
        minutes=scenario.minutes,
        days=scenario.days,
        rounds=scenario.talks.rounds,
        pass_mark=scenario.pass_mark,
    )
