"""How a trainee's class hours and credits have grown, told from the facts that the requirement map reads."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cms.design.charts import LineChart, RadarChart, Series, Sparkline
from lms.kernel.tallies import month_key, months_until, week_key, weeks_until
from lms.schemes.enums import FactKind

from .work import in_beijing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lms.schemes.selectors.facts import DatedFact
    from simulations.selectors.latest import LatestScore

WEEKS, MONTHS = 8, 12
CORNERS = 3  # a shape has at least three


def hours_by_week(history: "Sequence[DatedFact]", today: date) -> LineChart:
    """Class hours of each of the last weeks."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for fact in history:
        if fact.kind == FactKind.CLASS_HOURS:
            sums[week_key(in_beijing(fact.at))] += fact.value
    mondays = list(weeks_until(today, WEEKS))
    values = [max(Decimal(0), sums[week_key(monday)]) for monday in mondays]
    return LineChart(
        title=_("Class hours by week"),
        description=_("%(hours)s class hours in the last %(weeks)s weeks, %(last)s of them since Monday.")
        % {"hours": f"{sum(values, Decimal(0)):.2f}", "weeks": WEEKS, "last": f"{values[-1]:.2f}"},
        empty=_("No class hours have been posted in the last %(weeks)s weeks.") % {"weeks": WEEKS},
        labels=mondays,
        series=[Series(_("Class hours"), [float(value) for value in values])] if any(values) else [],
    )


def credits_by_month(history: "Sequence[DatedFact]", today: date) -> Sparkline | None:
    """The sum of credits at the end of each of the last months; nothing while there are none."""
    months = list(months_until(today, MONTHS))
    sums: dict[int, Decimal] = defaultdict(Decimal)
    before = Decimal(0)
    for fact in history:
        if fact.kind == FactKind.CONTRIBUTION:
            day = in_beijing(fact.at)
            if day < months[0]:
                before += fact.value
            sums[month_key(day)] += fact.value
    if not sums:
        return None
    values = []
    for day in months:
        before += sums[month_key(day)]
        values.append(float(before))
    return Sparkline(label=_("Contribution credits by month"), values=values)


def competencies(latest: "LatestScore | None") -> RadarChart | None:
    """What each competency came to in the last deal; nothing where there are too few for a shape."""
    if latest is None or len(latest.competencies) < CORNERS:
        return None
    weakest = min(latest.competencies, key=lambda each: each[1])
    return RadarChart(
        title=_("Competencies in your last deal"),
        description=_("Weakest: %(competency)s with %(percent)s %%.")
        % {"competency": weakest[0], "percent": weakest[1]},
        axes=[name for name, _percent in latest.competencies],
        series=[Series(latest.title, [percent for _name, percent in latest.competencies])],
        unit="%",
    )
