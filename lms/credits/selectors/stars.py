"""Star grades: thresholds of the rules in force, read against what counts today."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lms.credits.engine.rules import RuleTable, Star


@dataclass(frozen=True, slots=True)
class Grade:
    """How many stars there are, of how many, and what is missing for the next."""

    stars: int
    highest: int
    next_stars: int | None
    next_points: Decimal | None
    missing: Decimal
    steps: "Sequence[Star]"

    @property
    def rows(self) -> "list[tuple[Star, bool]]":
        """Every step with whether it is reached."""
        return [(step, step.stars <= self.stars) for step in self.steps]


def grade(table: "RuleTable", points: Decimal) -> Grade:
    """The grade of these points under a table."""
    stars = table.stars_at(points)
    ahead = next((step for step in table.stars if step.points > points), None)
    return Grade(
        stars=stars,
        highest=table.stars[-1].stars,
        next_stars=ahead.stars if ahead else None,
        next_points=ahead.points if ahead else None,
        missing=ahead.points - points if ahead else Decimal("0.00"),
        steps=table.stars,
    )
