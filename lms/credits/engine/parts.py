"""What rule tables are made of: figures, codes, texts, and the fields that a claim is asked for."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

MOST_POINTS, MOST_MONEY = Decimal("9999.99"), Decimal("9999999999.99")
Value = Literal["short", "long", "day", "money", "number", "choice"]


def _plain(figure: Decimal) -> Decimal:
    """A figure as people write it: two places, no exponent."""
    return figure.quantize(Decimal("0.01"))


Signed = Annotated[Decimal, Field(ge=-MOST_POINTS, le=MOST_POINTS, decimal_places=2), AfterValidator(_plain)]
Points = Annotated[Decimal, Field(gt=0, le=MOST_POINTS, decimal_places=2), AfterValidator(_plain)]
Amount = Annotated[Decimal, Field(gt=0, le=MOST_MONEY, decimal_places=2), AfterValidator(_plain)]
Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2), AfterValidator(_plain)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Text = Annotated[str, Field(min_length=1, max_length=120)]
Said = Annotated[str, Field(max_length=400)]
Days = Annotated[int, Field(ge=1, le=3650)]


def fault(what: str, **context: object) -> PydanticCustomError:
    """What is wrong, by a code that pages put into words, with the figures of its sentence."""
    return PydanticCustomError(what, what, context or None)


def once(codes: list[str]) -> None:
    """Refuse a code that stands there twice."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise fault("code_twice", code=code)
        seen.add(code)


class Strict(BaseModel):
    """Nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Choice(Strict):
    code: Code
    label: Text
    label_en: Text


class EvidenceField(Strict):
    """One thing that a claim under the rule has to say."""

    name: Name
    label: Text
    label_en: Text
    hint: Said = ""
    hint_en: Said = ""
    value: Value = "short"
    required: bool = True
    choices: tuple[Choice, ...] = ()

    @model_validator(mode="after")
    def _choices(self) -> Self:
        if (self.value == "choice") != bool(self.choices):
            raise fault("choices_for_choice_only")
        once([choice.code for choice in self.choices])
        return self
