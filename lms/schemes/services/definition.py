"""What a scheme's data file may say, and in whose words it is told what is wrong with it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from lms.kernel.levels import LevelCode
from lms.schemes.enums import Delivery, FactKind, ModuleCode, SchemeState
from lms.schemes.validators import (
    AllOf,
    Code,
    RenewalRules,
    Strict,
    StudyRules,
    Text,
    codes_in,
    leaves_in,
    met_by,
    order_fault,
)


def _as_text(value: Any) -> Any:
    """`2026.1` is a number to YAML and a name to us."""
    return str(value) if isinstance(value, int | float) else value


def _each_code_once(tree: AllOf) -> AllOf:
    seen: set[str] = set()
    for code in codes_in(tree):
        if code in seen:
            raise ValueError(f"the code {code} is used twice in this tree")
        seen.add(code)
    return tree


def _in_an_order(tree: AllOf) -> AllOf:
    fault = order_fault(tree)
    if fault:
        raise ValueError(f"what comes before {fault} is not in this tree, or waits for {fault} itself")
    return tree


def _by_more_than_simulations(tree: AllOf) -> AllOf:
    # Scores of simulations are tried on bots first; no level may rest on them alone.
    if met_by(tree, FactKind.SIMULATION):
        raise ValueError("deal simulations alone would meet this level; ask for something else as well")
    return tree


def _without_a_cycle(tree: AllOf) -> AllOf:
    # Whoever earns a level for the first time has no certificate whose period could be meant.
    for leaf in leaves_in(tree):
        if leaf.within == "cycle":
            raise ValueError(f"{leaf.code} counts within a cycle, which only a renewal has")
    return tree


Tree = Annotated[
    AllOf,
    AfterValidator(_each_code_once),
    AfterValidator(_in_an_order),
    AfterValidator(_by_more_than_simulations),
    AfterValidator(_without_a_cycle),
]


class SchemeNames(Strict):
    code: Code
    name: Text
    name_en: Text


class ModuleNames(Strict):
    code: ModuleCode
    name: Text
    name_en: Text


class CompetencyNames(Strict):
    code: Annotated[str, Field(pattern=r"^C\d{2}$")]
    name: Text
    name_en: Text


class TopicRules(Strict):
    """A topic; without `class_hours` no source gives a figure, and `hours_source` says so."""

    module: ModuleCode
    code: Code
    title: Annotated[str, Field(min_length=1, max_length=120)]
    title_en: Annotated[str, Field(min_length=1, max_length=160)]
    delivery: Delivery
    class_hours: Annotated[Decimal, Field(gt=0, max_digits=6, decimal_places=2)] | None = None
    hours_source: Text
    hours_source_en: Text


def _each_topic_once(topics: tuple[TopicRules, ...]) -> tuple[TopicRules, ...]:
    seen: set[str] = set()
    for topic in topics:
        if topic.code in seen:
            raise ValueError(f"the topic {topic.code} is named twice")
        seen.add(topic.code)
    return topics


class LevelRules(Strict):
    code: LevelCode
    name: Text
    name_en: Text
    validity_years: Annotated[int, Field(ge=1, le=20)]
    requirements: Tree
    renewal: RenewalRules | None = None
    topics: Annotated[tuple[TopicRules, ...], AfterValidator(_each_topic_once)] = ()


class SchemeDefinition(Strict):
    """A whole version of a scheme, as one data file says it."""

    scheme: SchemeNames
    number: Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=20)]
    title: Text
    title_en: Text
    effective_from: date
    state: SchemeState
    basis: str
    basis_en: str
    modules: Annotated[tuple[ModuleNames, ...], Field(min_length=1)]
    competencies: Annotated[tuple[CompetencyNames, ...], Field(min_length=1)]
    levels: Annotated[tuple[LevelRules, ...], Field(min_length=1)]
    study_rules: StudyRules = StudyRules()

    @model_validator(mode="after")
    def _each_part_once(self) -> Self:
        for name, parts in (
            ("modules", self.modules),
            ("competencies", self.competencies),
            ("levels", self.levels),
        ):
            codes = [part.code for part in parts]
            if len(set(codes)) < len(codes):
                raise ValueError(f"{name} names a code twice")
        return self

    @model_validator(mode="after")
    def _topics_in_modules(self) -> Self:
        known = {module.code for module in self.modules}
        for topic in (topic for level in self.levels for topic in level.topics):
            if topic.module not in known:
                raise ValueError(f"the topic {topic.code} is of a module that this version does not have")
        return self


_REASONS: dict[str, Promise] = {
    "missing": _("this is missing"),
    "extra_forbidden": _("there is no such entry"),
    "enum": _("this word is not one of the known ones"),
    "literal_error": _("this word is not one of the known ones"),
    "union_tag_invalid": _("the kind is none of leaf, all-of and any-of"),
    "union_tag_not_found": _("the kind is missing: leaf, all-of or any-of"),
    "greater_than": _("this must be more than 0"),
    "decimal_parsing": _("this must be a number"),
    "decimal_type": _("this must be a number"),
    "decimal_max_places": _("this may have two decimal places at most"),
    "greater_than_equal": _("this number is too small"),
    "less_than_equal": _("this number is too large"),
    "int_type": _("this must be a whole number"),
    "int_parsing": _("this must be a whole number"),
    "string_type": _("this must be text"),
    "string_too_short": _("this must not be empty"),
    "string_pattern_mismatch": _("this code is not spelt as codes are"),
    "date_from_datetime_parsing": _("this must be a date such as 2026-01-01"),
    "date_parsing": _("this must be a date such as 2026-01-01"),
}


def _step(here: Any, part: str | int) -> tuple[Any, str]:
    """One step down the data, and how the path says it: a list's entry by its code where it has one."""
    if isinstance(part, int) and isinstance(here, list) and part < len(here):
        entry = here[part]
        named = entry.get("code") if isinstance(entry, Mapping) else None
        return entry, f"[{named or part}]"
    return (here.get(part) if isinstance(here, Mapping) else None), f".{part}"


def path_of(data: Any, location: tuple[str | int, ...]) -> str:
    """Where in the file an error stands: `levels[junior].requirements.children[exam].at_least`."""
    path, here = "", data
    for part in location:
        is_tag = isinstance(here, Mapping) and part not in here and part == here.get("kind")
        if not is_tag:
            here, words = _step(here, part)
            path += words
    return path.lstrip(".")


def first_fault(error: ValidationError, data: Any) -> tuple[str, str | Promise, int]:
    """Path and reason of the first fault, and how many more there are."""
    faults = error.errors(include_url=False)
    first = faults[0]
    reason = _REASONS.get(first["type"])
    # Lazy: the whole refusal is put into words at once, in the language of whoever reads it.
    text = first["msg"].removeprefix("Value error, ") if reason is None else reason
    return path_of(data, first["loc"]) or "/", text, len(faults) - 1
