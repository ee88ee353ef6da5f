"""The rule table: what earns how many credits, by kind of work. One version; strict, and never changed once read."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from .parts import Amount, Code, Days, EvidenceField, Name, Percent, Points, Said, Signed, Strict, Text, fault, once

NUMBER_FIELD = "registration_number"
VIOLATION = "violation"

KindCode = Literal[
    "demand",
    "achievement",
    "match",
    "contract",
    "pilot",
    "financing",
    "event",
    "teaching",
    "mentoring",
    "publication",
    "policy",
    "simulation",
    "exam",
    "hours",
    "violation",
]
KIND_CODES: tuple[str, ...] = get_args(KindCode)
Level = Literal["self-declared", "organisation-confirmed", "document-checked", "registry-matched", "platform-measured"]
Measure = Literal["amount", "hours", "count"]
# A field of these values can be measured.
MEASURABLE = {"amount": ("money",), "hours": ("number",), "count": ("number",)}


class Kind(Strict):
    """What all rules of a kind share. `decay`: what credits are worth by full years of age, in percent."""

    cap_per_year: Points | None = None
    valid_years: Annotated[int, Field(ge=1, le=20)] | None = None
    decay: tuple[Percent, ...] = ()

    @model_validator(mode="after")
    def _fades(self) -> Self:
        if any(later > earlier for earlier, later in pairwise(self.decay)):
            raise fault("decay_rises")
        if self.valid_years and len(self.decay) > self.valid_years:
            raise fault("decay_too_long", years=self.valid_years)
        return self


class Band(Strict):
    """What is given up to and with `up_to`; the last band has no end."""

    up_to: Amount | None = None
    points: Points


class Per(Strict):
    """`points` for every whole `unit`, `most` for one piece of work."""

    unit: Amount
    points: Points
    most: Points | None = None


class Step(Strict):
    """After `after` pieces of work under this rule in a year, each further one gives `percent` of its points."""

    after: Annotated[int, Field(ge=1, le=1000)]
    percent: Percent


class Rule(Strict):
    """One thing that earns credits: fixed points, points by bands, or points for each unit."""

    code: Code
    kind: KindCode
    title: Text
    title_en: Text
    note: Said = ""
    note_en: Said = ""
    by: Literal["claim", "platform", "desk"]
    points: Signed | None = None
    bands: tuple[Band, ...] = ()
    per: Per | None = None
    measure: Measure | None = None
    measure_field: Name | None = None
    diminishing: tuple[Step, ...] = ()
    shared: bool = False
    unique_number: bool = False
    fields: tuple[EvidenceField, ...] = ()
    files: Annotated[int, Field(ge=0, le=10)] = 0
    verification: Level = "document-checked"
    practice: bool = False

    @model_validator(mode="after")
    def _one_way_to_points(self) -> Self:
        if (self.points is not None) + bool(self.bands) + (self.per is not None) != 1:
            raise fault("points_one_way")
        if self.points is not None and (not self.points or (self.points < 0) is not (self.kind == VIOLATION)):
            raise fault("points_sign")
        if self.kind == VIOLATION and self.points is None:
            raise fault("violation_fixed")
        return self

    @model_validator(mode="after")
    def _bands_without_gaps(self) -> Self:
        ends, given = [band.up_to for band in self.bands], [band.points for band in self.bands]
        if ends and (ends[-1] is not None or None in ends[:-1]):
            raise fault("bands_open_end")
        closed = [end for end in ends if end is not None]
        if any(later <= earlier for earlier, later in pairwise(closed)):
            raise fault("bands_not_rising")
        if any(later < earlier for earlier, later in pairwise(given)):
            raise fault("bands_points_fall")
        return self

    @model_validator(mode="after")
    def _repetition_gives_less(self) -> Self:
        pairs = list(pairwise(self.diminishing))
        if any(later.after <= earlier.after or later.percent > earlier.percent for earlier, later in pairs):
            raise fault("diminishing_not_falling")
        return self

    @model_validator(mode="after")
    def _measured_by_a_field(self) -> Self:
        measured = self.points is None
        if measured != (self.measure is not None):
            raise fault("measure_missing" if measured else "measure_unused")
        if self.measure is None and self.measure_field:
            raise fault("measure_unused")
        if self.measure is None or self.by == "platform":
            return self
        field = next((each for each in self.fields if each.name == self.measure_field), None)
        if field is None or field.value not in MEASURABLE[self.measure] or not field.required:
            raise fault("measure_field")
        return self

    @model_validator(mode="after")
    def _asks_what_it_needs(self) -> Self:
        once([field.name for field in self.fields])
        if self.unique_number and not any(field.name == NUMBER_FIELD and field.required for field in self.fields):
            raise fault("number_field")
        if self.by == "platform" and (self.fields or self.files or self.shared):
            raise fault("platform_asks_nothing")
        return self


class ClaimTerms(Strict):
    """Deadlines and thresholds of claims. Claims that are rated from `two_people_from` on need two confirmers."""

    two_people_from: Points
    days_to_hand_in: Days
    days_to_answer: Days
    days_to_complete: Days
    days_to_appeal: Days
    audit_percent: Percent


class Star(Strict):
    stars: Annotated[int, Field(ge=1, le=10)]
    points: Points


class HourTerms(Strict):
    most_minutes_per_line: Annotated[int, Field(ge=1, le=1440)]


class RuleTable(Strict):
    """One whole version of the rules."""

    schema_number: Annotated[Literal[2], Field(alias="schema")]
    version: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9./-]*$", max_length=60)]
    title: Text
    title_en: Annotated[str, Field(min_length=1, max_length=160)]
    time_zone: Literal["Asia/Shanghai"]
    source: Annotated[str, Field(min_length=1, max_length=400)]
    source_en: Annotated[str, Field(min_length=1, max_length=400)]
    no_earlier_than: date
    practice_percent: Percent
    hours: HourTerms
    claims: ClaimTerms
    stars: Annotated[tuple[Star, ...], Field(min_length=1, max_length=10)]
    kinds: dict[KindCode, Kind]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        once([rule.code for rule in self.rules])
        missing = next((rule for rule in self.rules if rule.kind not in self.kinds), None)
        if missing:
            raise fault("kind_without_terms", code=missing.code, kind=missing.kind)
        pairs = pairwise(self.stars)
        if any(later.stars <= earlier.stars or later.points <= earlier.points for earlier, later in pairs):
            raise fault("stars_not_rising")
        return self

    def rule(self, code: str) -> Rule:
        """The rule of this code; `LookupError` where the table has none."""
        found = next((rule for rule in self.rules if rule.code == code), None)
        if found is None:
            raise LookupError(code)
        return found

    def kind(self, code: str) -> Kind:
        """What the rules of a kind share; a kind without terms has neither cap nor window."""
        return self.kinds.get(code, _UNBOUND)  # type: ignore[call-overload]

    def rules_of(self, kind: str) -> tuple[Rule, ...]:
        """The rules of one kind, in the order of the table."""
        return tuple(rule for rule in self.rules if rule.kind == kind)

    def stars_at(self, points: Decimal) -> int:
        """How many stars a balance comes to."""
        return max((star.stars for star in self.stars if points >= star.points), default=0)


_UNBOUND = Kind()
