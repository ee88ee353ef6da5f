"""How study is measured, as a version's file says it."""

from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass

Speed = Annotated[Decimal, Field(gt=0, le=4, max_digits=4, decimal_places=2)]


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class StudyRules:
    """How study is measured under a version: the `study_rules` of its file, each with the figure used without one."""

    # A lease of study time runs so long and must then be renewed.
    lease_s: Annotated[int, Field(ge=30, le=60)] = 60
    # Credit is at most wall time × this, by what is studied.
    reading_speed: Speed = Decimal(1)
    video_speed: Speed = Decimal("1.5")
    audio_speed: Speed = Decimal("1.5")
    # The most minutes that a Beijing day counts.
    daily_minutes: Annotated[int, Field(ge=15, le=1440)] = 360
    # A presence challenge comes after so much counted study, drawn between the two, and may be answered so long.
    presence_from_s: Annotated[int, Field(ge=60, le=7200)] = 480
    presence_to_s: Annotated[int, Field(ge=60, le=7200)] = 900
    presence_answer_s: Annotated[int, Field(ge=60, le=600)] = 120
    # Intervals kept by a player without a network are accepted so long afterwards.
    late_hours: Annotated[int, Field(ge=1, le=720)] = 72
    minutes_per_class_hour: Annotated[int, Field(ge=30, le=60)] = 45

    @model_validator(mode="after")
    def _draws_from_a_span(self) -> Self:
        if self.presence_to_s < self.presence_from_s:
            raise ValueError("presence_to_s must not be less than presence_from_s")
        return self


_STUDY_RULES: TypeAdapter[StudyRules] = TypeAdapter(StudyRules)


def parse_study_rules(data: Any) -> StudyRules:
    """The study rules that `data` (a file's, or a version's) describes; what it leaves out is usual."""
    return _STUDY_RULES.validate_python(data)


def dump_study_rules(rules: StudyRules) -> dict[str, Any]:
    """The rules as a version keeps them; speeds as text."""
    kept: dict[str, Any] = _STUDY_RULES.dump_python(rules, mode="json")
    return kept
