"""The desk of an association's verifier: the check first, then what there is to check and how fresh the lists are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.enums import Result
from certificates.selectors import figures as certified
from certificates.selectors.registry import Freshness, freshness
from cms.design.charts import Stack, StackedBarChart
from courses.selectors.catalogue import LEVEL_LABELS
from lms.kernel.levels import LevelCode
from lms.kernel.tallies import gather, midnight

from . import plots
from .work import Figure, in_beijing

if TYPE_CHECKING:
    from cms.design.charts import BarChart, LineChart
    from lms.kernel.tallies import Tallies

LATELY = timedelta(days=30)
# In the order in which a reader wants to see what became of certificates.
WORTHS = (Result.VALID, Result.EXPIRED, Result.SUSPENDED, Result.REVOKED, Result.REPLACED)


@dataclass(frozen=True, slots=True)
class VerifierDesk:
    """Everything on the desk, in the language now active."""

    figures: tuple[Figure, ...]
    issued: "StackedBarChart"
    answers: "BarChart"
    weekly: "LineChart"
    lists: Freshness
    asked: int


def verifier_desk(now: datetime) -> VerifierDesk:
    """The desk in two queries: certificates and look-ups of the whole platform, as public as its lists."""
    today = in_beijing(now)
    told = gather(
        certified.by_level_and_worth(today),
        certified.look_ups(now - LATELY),
        certified.look_ups_by_week(midnight(plots.first_week(today))),
    )
    asked = told.total(certified.LOOK_UPS)
    return VerifierDesk(
        figures=_figures(told, asked),
        issued=_issued(told),
        answers=_answers(told, asked),
        weekly=plots.look_ups_by_week(told, today),
        lists=freshness(),
        asked=asked,
    )


def _count(told: "Tallies", level: LevelCode, worth: Result) -> int:
    return told.total(certified.BY_LEVEL, part=f"{level}{certified.BETWEEN}{worth}")


def _figures(told: "Tallies", asked: int) -> tuple[Figure, ...]:
    valid = sum(_count(told, level, Result.VALID) for level in LevelCode)
    revoked = sum(_count(told, level, Result.REVOKED) for level in LevelCode)
    found = told.total(certified.LOOK_UPS, part=Result.VALID)
    return (
        Figure(_("Certificates"), told.total(certified.BY_LEVEL), note=_("issued by all issuers in the registry")),
        Figure(_("Valid today"), valid, note=_("by dates and by their issuers' last word")),
        Figure(_("Revoked"), revoked),
        Figure(_("Look-ups in 30 days"), asked, note=_("answered as valid: %(found)s") % {"found": found}),
    )


def _issued(told: "Tallies") -> StackedBarChart:
    number = told.total(certified.BY_LEVEL)
    return StackedBarChart(
        title=_("Certificates by level and by what they are worth"),
        description=ngettext("%(number)s certificate was issued.", "%(number)s certificates were issued.", number)
        % {"number": number},
        caption=_("All issuers in the registry. A certificate whose last day has passed counts as expired."),
        empty=_("No certificate has been issued yet."),
        parts=[str(worth.label) for worth in WORTHS],
        page_wide=True,
        stacks=[
            Stack(str(LEVEL_LABELS[level]), [_count(told, level, worth) for worth in WORTHS]) for level in LevelCode
        ]
        if number
        else [],
    )


def _answers(told: "Tallies", asked: int) -> "BarChart":
    return plots.bars(
        _("What look-ups were answered"),
        ngettext("%(number)s question in 30 days.", "%(number)s questions in 30 days.", asked) % {"number": asked},
        _("“Not found” is also the answer to a wrong name or a wrong check code."),
        [
            (str(result.label), number)
            for result in Result
            if (number := told.total(certified.LOOK_UPS, part=result.value))
        ],
        _("Nobody has asked about a certificate in the last 30 days."),
    )
