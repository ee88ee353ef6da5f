"""The agreement report of a round: figures, charts and the rows behind them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.design.charts import Bar, BarChart, Histogram, Limit
from lms.marking.enums import AllocationState
from lms.marking.models import Allocation, Mark, MarkingRound

from .agreement import Lean, Pair, leans, mean_gap, quadratic_kappa, share_within
from .verdicts import THIRD

STEP = 5  # per cent of the points, the width of a column
FEWEST = 2  # scripts under which a coefficient says nothing


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the markers of a round agreed, over scripts with two marks."""

    pairs: Sequence[Pair]
    thirds: int
    gap_percent: Fraction

    @property
    def kappa(self) -> str:
        """Three decimals, or a dash where the coefficient is not defined."""
        kappa = quadratic_kappa(self.pairs) if len(self.pairs) >= FEWEST else None
        return "–" if kappa is None else f"{float(kappa):.3f}".replace("-", "−")

    @property
    def mean_gap(self) -> str:
        return _percent(mean_gap(self.pairs))

    @property
    def within(self) -> str:
        return _percent(share_within(self.pairs, self.gap_percent / 100), digits=0)

    @property
    def leans(self) -> list[Lean]:
        return leans(self.pairs)


def _percent(share: Fraction | None, digits: int = 1) -> str:
    return "–" if share is None else f"{float(share * 100):.{digits}f}".replace("-", "−")


def signed(share: Fraction) -> str:
    """A gap with its sign: +1.5, −2.0, 0.0."""
    text = f"{float(share * 100):+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


def agreement_of(round: MarkingRound) -> Agreement:
    """The marks that count of every script that two people marked, and how often a third was called (one query)."""
    newest = Mark.objects.filter(allocation=OuterRef("pk")).order_by("-seq")
    rows = (
        Allocation.objects.filter(script__round=round, state=AllocationState.MARKED)
        .select_related("script", "marker__user__person")
        .annotate(points=Subquery(newest.values("points")[:1]), most=Subquery(newest.values("max_points")[:1]))
        .order_by("script", "place")
    )
    by_script: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in rows:
        by_script[row.script_id][row.place] = row
    return Agreement(
        pairs=[_pair(marked[1], marked[2]) for marked in by_script.values() if {1, 2} <= set(marked)],
        thirds=sum(THIRD in marked for marked in by_script.values()),
        gap_percent=Fraction(round.gap_percent),
    )


def _pair(first: Any, second: Any) -> Pair:
    return Pair(
        first.script.code,
        Fraction(first.points) / Fraction(first.most),
        Fraction(second.points) / Fraction(second.most),
        first.marker.user.get_full_name(),
        second.marker.user.get_full_name(),
    )


def gap_chart(agreement: Agreement) -> Histogram:
    """How far apart the two marks lay, with the declared gap."""
    gaps = [pair.gap * 100 for pair in agreement.pairs]
    widest = max([*gaps, agreement.gap_percent])
    columns = max(2, ceil(widest / STEP))
    counts = [0] * columns
    for gap in gaps:  # a gap on an edge stands before it, as one of the declared size is still within
        counts[max(ceil(gap / STEP) - 1, 0)] += 1
    number = len(gaps)
    return Histogram(
        title=_("Gap between two marks"),
        description=ngettext(
            "%(number)s script with two marks; %(within)s %% lie within the declared gap.",
            "%(number)s scripts with two marks; %(within)s %% lie within the declared gap.",
            number,
        )
        % {"number": number, "within": agreement.within},
        caption=_("In per cent of the points of the rubric. A script beyond the declared gap went to a third marker."),
        empty=_("No script has two marks yet."),
        edges=[STEP * edge for edge in range(columns + 1)],
        counts=counts,
        axis=_("Gap in per cent of the points"),
        limits=[Limit(float(agreement.gap_percent), _("declared gap"))],
    )


def lean_chart(agreement: Agreement) -> BarChart:
    """Who marks above their partners, who below."""
    found = agreement.leans
    return BarChart(
        title=_("Milder or stricter than the partner"),
        description=ngettext("%(number)s marker.", "%(number)s markers.", len(found)) % {"number": len(found)},
        caption=_(
            "Mean of one's own mark less the partner's, in per cent of the points. To the right of nought: milder."
        ),
        empty=_("No script has two marks yet."),
        unit="%",
        bars=[Bar(lean.marker, round_half(lean.mean * 100), series=1 if lean.mean >= 0 else 2) for lean in found],
    )


def round_half(value: Fraction) -> float:
    """One decimal, as the table says it."""
    return float(f"{float(value):.1f}")


def plain_percent(value: Decimal) -> str:
    """A percentage without idle zeros."""
    return f"{value.normalize():f}"
