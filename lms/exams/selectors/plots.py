"""The figures of an exam as charts, each saying on what it rests."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from math import floor

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.design.charts import Bar, BarChart, Histogram, Limit
from lms.exams.engine.flags import TOO_EASY, TOO_HARD, WEAK
from lms.exams.engine.statistics import FEWEST_SHEETS
from lms.exams.selectors.statistics import ItemRow, StatisticsView

TENS = tuple(range(0, 101, 10))
OTHERS, RIGHT = 1, 3  # pigments of options
NEAR = 1e-9


def results_by_tens(view: StatisticsView, cut: Decimal) -> Histogram:
    """How the results are spread, with the pass mark."""
    newest = view.newest
    return Histogram(
        title=_("Results by tens"),
        description=ngettext(
            "%(passed)s of %(number)s result is a pass.",
            "%(passed)s of %(number)s results are passes.",
            newest.attempts,
        )
        % {"passed": newest.passed, "number": newest.attempts},
        caption=_("The result that stands of every attempt, in per cent of its points; void attempts do not count."),
        empty=_("No paper of this exam has been marked yet."),
        edges=TENS,
        counts=newest.histogram,
        axis=_("Result in per cent"),
        limits=[Limit(cut, _("pass mark"))],
    )


def facilities(view: StatisticsView) -> Histogram:
    """How easy the questions were."""
    values = [100 * point.facility for point in view.points]
    number = len(values)
    inside = sum(100 * TOO_HARD <= value <= 100 * TOO_EASY for value in values)
    return Histogram(
        title=_("Questions by facility"),
        description=ngettext(
            "%(inside)s of %(number)s question lies between the two lines.",
            "%(inside)s of %(number)s questions lie between the two lines.",
            number,
        )
        % {"inside": inside, "number": number},
        caption=_("Facility is the mean share of a question's points: 100 means that everybody got all of them."),
        edges=TENS,
        counts=_counted(values, TENS),
        axis=_("Facility in per cent"),
        limits=[Limit(100 * TOO_HARD, _("hard")), Limit(100 * TOO_EASY, _("easy"))],
    )


def discriminations(view: StatisticsView) -> Histogram:
    """How well the questions tell people apart."""
    values = [point.discrimination for point in view.points if point.discrimination is not None]
    # From an even tenth, so that nought is among the figures under the axis.
    edges = [tenth / 10 for tenth in range(2 * min([-1, *(floor(5 * value) for value in values)]), 11)]
    weak = sum(value < WEAK for value in values)
    return Histogram(
        title=_("Questions by discrimination"),
        description=ngettext(
            "%(weak)s of %(number)s question hardly tells people apart.",
            "%(weak)s of %(number)s questions hardly tell people apart.",
            len(values),
        )
        % {"weak": weak, "number": len(values)},
        caption=_(
            "Discrimination is the correlation of a question with the rest of the paper: under nought, those who "
            "did well on the rest did worse here."
        ),
        empty=_("With fewer than %(fewest)s papers, discrimination would say more about chance than about a question.")
        % {"fewest": FEWEST_SHEETS},
        edges=edges,
        counts=_counted(values, edges),
        axis=_("Discrimination"),
        limits=[Limit(WEAK, _("weak"))],
    )


def _counted(values: Sequence[float], edges: Sequence[float]) -> list[int]:
    """How many values lie from each edge to the next; the last column takes its upper edge in."""
    counts = [0] * (len(edges) - 1)
    for value in values:
        counts[min(max(bisect_right(edges, value + NEAR) - 1, 0), len(counts) - 1)] += 1
    return counts


def options_of(row: ItemRow) -> BarChart:
    """The options of one question: how many took each, and how well those did on the rest."""
    return BarChart(
        title=_("Options"),
        description=_("Who took which option, of %(number)s papers.") % {"number": row.item.attempts},
        caption=_("Behind each share: the mean result on all other questions of those who took it."),
        unit="%",
        highest=100,
        bars=[
            Bar(
                label=_("%(option)s (right)") % {"option": option.text} if option.right else option.text,
                value=option.percent,
                note=_("(rest %(rest)s)") % {"rest": f"{option.mean_rest}%"} if option.mean_rest is not None else "",
                series=RIGHT if option.right else OTHERS,
            )
            for option in row.options
        ],
    )
