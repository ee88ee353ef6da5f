"""How credits of a year are spread over the people of an organisation, without a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from django.utils.translation import gettext as _

from cms.design.charts import Histogram, Limit

from .boards import points_at
from .figures import hundredths

# With fewer people a column would be somebody.
LEAST = 10
COLUMNS = 8
_STEPS = (Decimal(1), Decimal(2), Decimal(5))


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many people, where one stands oneself (nothing if one earned nothing), and the chart where enough are."""

    people: int
    own: Decimal
    below: int
    chart: Histogram | None


def distribution(organisation_id: int, year: int, person_id: int) -> Distribution:
    """The spread of a year's credits (one query, whatever the number of people)."""
    earned = {who: hundredths(points) for who, points in points_at(organisation_id, year)}
    own = earned.get(person_id, Decimal("0.00"))
    below = sum(points < own for points in earned.values())
    chart = spread(list(earned.values()), own) if len(earned) >= LEAST else None
    return Distribution(len(earned), own, below, chart)


def width_for(highest: Decimal) -> Decimal:
    """The width of a column: 1, 2 or 5 with noughts, so that eight columns reach over the highest figure."""
    power = Decimal(1)
    while True:
        for step in _STEPS:
            if step * power * COLUMNS > highest:
                return step * power
        power *= 10


def spread(figures: Sequence[Decimal], own: Decimal) -> Histogram:
    """The histogram of these figures with one's own marked."""
    width = width_for(max(figures))
    columns = max(2, ceil((max(figures) + Decimal("0.01")) / width))
    counts = [0] * columns
    for figure in figures:
        counts[int(figure // width)] += 1
    here = [Limit(own, _("You are here:"))] if own else []
    return Histogram(
        title=_("How the credits of the year are spread"),
        description=_(
            "%(people)s people earned credits here in this year; each column says how many of them fall in it."
        )
        % {"people": len(figures)},
        edges=[width * number for number in range(columns + 1)],
        counts=counts,
        axis=_("Credit points of the year →"),
        limits=here,
    )
