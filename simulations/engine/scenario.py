"""A scenario: the whole case as values, pinned by the hash of its content."""

import json
import re
from functools import cached_property
from hashlib import blake2b, sha256
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from .chance import u01
from .lawbook import rules_sha
from .parts import (
    Action,
    Chance,
    Curve,
    Document,
    Effect,
    Fact,
    Flavour,
    Id,
    IsoDay,
    Item,
    Law,
    Param,
    Stage,
    Strict,
    Text,
    Trap,
)
from .sheets import Assessment, Draft, Paper
from .table import Issue, Party, Talks
from .varying import Shapes

ENGINE_VERSION = "2.0"
LANGUAGES = ("zh", "en")
TOP = 3
MUCH, LITTLE = 1.3, 0.7
NAMED = re.compile(r"\{(\w+)\}")
Scale = Curve | dict[str, float]


class Level(Strict):
    """How hard the counterparts are: a shift of what they aspire to, and of the trust that answers need."""

    aspiration: float = 0
    min_trust: int = 0


class Spread(Strict):
    """How far a variant may move weights (as a share) and walk-aways (in utility)."""

    weights: Annotated[float, Field(ge=0, le=0.9)] = 0
    reservation: Annotated[float, Field(ge=0, le=0.1)] = 0


class Scenario(Strict):
    """A deal simulation: the player is a broker between two parties, or sits at the table of one of them.

    `roles` are the profiles to whom it is offered first. `walk_right` says that in this case no deal is right.
    """

    schema_version: Literal[2]
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    as_of: IsoDay
    level: Literal["junior", "intermediate", "senior"]
    languages: tuple[Literal["zh", "en"], ...] = ("zh",)
    roles: tuple[Literal["research", "market", "capital"], ...]
    protocol: Literal["broker", "side"] = "broker"
    rule_set: Id = "cn_2025_04"
    walk_right: bool = False
    minutes: int
    title: Text
    subtitle: Text
    briefing: Text
    invented: Text
    pass_mark: Annotated[int, Field(ge=0, le=100)]
    days: Annotated[int, Field(gt=0)]
    budget: Annotated[int, Field(ge=0)]
    budget_unit: Text
    variants: Annotated[int, Field(ge=1, le=200)] = 1
    flavours: Annotated[dict[Id, Flavour], Field(max_length=12)] = {}
    spread: Spread = Spread()
    levels: dict[Literal["easy", "standard", "hard"], Level]
    stages: tuple[Stage, ...]
    parties: dict[Id, Party]
    talks: Talks
    issues: dict[Id, Issue]
    params: dict[Id, Param] = {}
    facts: dict[Id, Fact]
    documents: dict[Id, Document] = {}
    actions: dict[Id, Action]
    assessments: dict[Id, Assessment] = {}
    drafts: dict[Id, Draft] = {}
    papers: dict[Id, Paper] = {}
    traps: dict[Id, Trap] = {}
    chances: dict[Id, Chance] = {}
    effects: dict[Id, Effect] = {}
    law: dict[Id, Law] = {}
    competencies: dict[str, Annotated[float, Field(gt=0, le=1)]]
    rubric: tuple[Item, ...]
    reflection: tuple[Text, ...] = ()
    variant_no: int = 0
    flavour_now: str = ""
    level_now: Literal["easy", "standard", "hard"] = "standard"
    truths_now: dict[str, Any] = {}

    @cached_property
    def sha256(self) -> str:
        """The hash of everything that can change an outcome; every cache is keyed by it."""
        written = self.model_dump(mode="json", exclude={"truths_now"}, exclude_defaults=True)
        return sha256(_canonical([written, rules_sha(self.rule_set)])).hexdigest()

    @cached_property
    def rubric_sha(self) -> str:
        """The hash of what a score rests on, so that a corrected rubric can be told from the old one."""
        rubric = [item.model_dump(mode="json") for item in self.rubric]
        return blake2b(_canonical([rubric, self.competencies]), digest_size=16).hexdigest()

    @cached_property
    def numbers(self) -> dict[str, float]:
        """The parameters of this variant by name."""
        numbers: dict[str, float] = {}
        for name, param in self.params.items():
            numbers[name] = float(f"{param.likely + (numbers[param.plus] if param.plus else 0):.9g}")
        return numbers

    @cached_property
    def scales(self) -> dict[str, dict[str, Scale]]:
        """What each party values each term at, with the variant's numbers in place of names."""
        return {
            name: {issue: self._scale(values) for issue, values in party.utility.values.items()}
            for name, party in self.parties.items()
        }

    def _scale(self, values: Any) -> Scale:
        if isinstance(values, dict):
            return values
        return tuple((self.number(at), value) for at, value in values)

    def number(self, at: float | str) -> float:
        """A number, or the variant's number of that name."""
        return self.numbers[at] if isinstance(at, str) else at

    def say(self, text: Text | None, lang: str = "zh", **more: object) -> str:
        """Put a text into a language, with the variant's numbers filled in."""
        if text is None:
            return ""
        if more:
            return self._put(text, lang, more)
        held = self._said.get((id(text), lang))
        if held is None or held[0] is not text:
            held = self._said[id(text), lang] = (text, self._put(text, lang, more))
        return held[1]

    @cached_property
    def _said(self) -> dict[tuple[int, str], tuple[Text, str]]:
        return {}

    def _put(self, text: Text, lang: str, more: dict[str, object]) -> str:
        plain: str = getattr(text, lang) or text.zh
        if "{" not in plain:
            return plain
        words = {**self.spoken[lang], **more}
        return NAMED.sub(lambda found: str(words.get(found[1], found[0])), plain)

    @cached_property
    def spoken(self) -> dict[str, dict[str, str]]:
        """What may stand in braces in a text: the variant's numbers, and `top_<party>`, what it cares for most."""
        numbers = {name: f"{value:g}" for name, value in self.numbers.items()}
        return {lang: {**numbers, **self._tops(lang)} for lang in LANGUAGES}

    def _tops(self, lang: str) -> dict[str, str]:
        joiner = "、" if lang == "zh" else ", "
        return {
            f"top_{name}": joiner.join(
                (getattr(self.issues[issue].text, lang) or self.issues[issue].text.zh)
                for issue in self.ranked(name)[:TOP]
            )
            for name in self.parties
        }

    def ranked(self, party: str) -> list[str]:
        """The issues in the order of what they matter to a party in this variant."""
        weights = self.parties[party].utility.weights
        return sorted(weights, key=lambda issue: -weights[issue])

    def importance(self, party: str, issue: str) -> int:
        """How much an issue matters to a party in this variant: 3 much, 2 somewhat, 1 little."""
        share = self.parties[party].utility.weights[issue] * len(self.issues)
        return 3 if share >= MUCH else 1 if share <= LITTLE else 2

    @cached_property
    def _places(self) -> dict[str, int]:
        return {stage.id: place for place, stage in enumerate(self.stages)}

    def stage_index(self, stage: str) -> int:
        """Where a stage stands on the way, from 0."""
        return self._places[stage]

    def aspiration_shift(self) -> float:
        """How much more the parties aspire to at this level of difficulty."""
        return self.levels[self.level_now].aspiration

    def trust_needed(self, action: Action) -> int:
        """The trust that this action needs at this level of difficulty."""
        return max(0, action.min_trust + self.levels[self.level_now].min_trust) if action.min_trust else 0

    def variant(self, seed: str, level: str = "standard") -> "Scenario":
        """The flavour and the numeric variant that a seed draws: another shape of the case, other figures in it."""
        names = ("", *self.flavours)
        flavour = names[int(u01(seed, "flavour") * len(names))]
        return self.varied(flavour, 1 + int(u01(seed, "variant") * self.variants), level)

    def varied(self, flavour: str, number: int, level: str = "standard") -> "Scenario":
        """The numeric variant of that number, from 1, of a flavour; the empty name is the case as it is written."""
        return self._shapes.numbered(flavour, number, level)

    def numbered(self, number: int, level: str = "standard") -> "Scenario":
        """The numeric variant of that number of this very shape."""
        return self._shapes.numbered("", number, level)

    def flavoured(self, name: str) -> "Scenario":
        """The case in one of its flavours. Raises pydantic's `ValidationError` when that is no whole case."""
        return self._shapes.flavoured(name)

    @cached_property
    def _shapes(self) -> Shapes:
        return Shapes(self)

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What was worked out from this scenario alone, kept as long as it lives."""
        return {}


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
