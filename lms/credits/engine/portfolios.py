"""What a portfolio is judged by, as data: rubric, limits, and what the registrar checks."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1, max_length=200)]
_CENT = Decimal("0.01")


class Strict(BaseModel):
    """Values read from a file: nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(Strict):
    """One level of every criterion, as a share of its points."""

    share: Annotated[Decimal, Field(ge=0, le=1)]
    text: Text
    text_en: Text


class Criterion(Strict):
    """One thing that experts give points for."""

    id: Text
    max: Annotated[Decimal, Field(gt=0)]
    title: Text
    title_en: Text

    def as_marking(self, steps: tuple[Step, ...]) -> dict[str, Any]:
        """The criterion as the marking room reads it; points as text."""
        levels = [
            {"points": _plain(step.share * self.max), "text": step.text, "text_en": step.text_en} for step in steps
        ]
        return {
            "id": self.id,
            "title": self.title,
            "title_en": self.title_en,
            "max": _plain(self.max),
            "levels": levels,
        }


class Check(Strict):
    """One thing that the registrar looks at."""

    id: Text
    title: Text
    title_en: Text


class Span(Strict):
    """How many characters a text may have."""

    least: Annotated[int, Field(ge=1)]
    most: Annotated[int, Field(ge=1)]


class PortfolioRules(Strict):
    """The whole file."""

    code: Text
    title: Text
    title_en: Text
    pass_percent: Annotated[Decimal, Field(gt=0, le=100)]
    least_pieces: Annotated[int, Field(ge=1)]
    most_pieces: Annotated[int, Field(ge=1)]
    overview: Span
    levels: tuple[Step, ...]
    criteria: tuple[Criterion, ...]
    registrar: tuple[Check, ...]

    @property
    def marking(self) -> list[dict[str, Any]]:
        """The criteria as the marking room reads them."""
        return [criterion.as_marking(self.levels) for criterion in self.criteria]

    def passes(self, points: Decimal, of_points: Decimal) -> bool:
        """Whether the experts' points reach the share that is asked for; compared exactly, never rounded first."""
        return points * 100 >= self.pass_percent * of_points


def _plain(points: Decimal) -> str:
    return f"{points.quantize(_CENT).normalize():f}"
