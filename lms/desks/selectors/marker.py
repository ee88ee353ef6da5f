"""The desk of a marker: what waits to be marked, and how the exams that machines have marked came out."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lms.cohorts.selectors.scopes import scope_of
from lms.exams.selectors.figures import SCORES, UNDER_WAY, scores, sittings_ahead, under_way
from lms.kernel.tallies import gather

from . import plots
from .sittings import sitting_entry
from .work import Entry, Figure

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cms.design.charts import Histogram
    from lms.accounts.models import User
    from lms.cohorts.selectors.roles import Hat
    from lms.kernel.tallies import Tallies


@dataclass(frozen=True, slots=True)
class MarkerDesk:
    """Everything on the desk, in the language now active. Nobody's name is on it."""

    figures: tuple[Figure, ...]
    next: tuple[Entry, ...]
    results: "Histogram | None"


def marker_desk(user: "User | AnonymousUser", hat: "Hat", now: datetime) -> MarkerDesk:
    """The desk in two queries. Fewer results than five are counted and not drawn: they would point to persons."""
    here = scope_of(user, hat)
    told = gather(scores(here), under_way(here))
    return MarkerDesk(
        figures=_figures(told),
        next=tuple(sitting_entry(each, now) for each in sittings_ahead(here, now)),
        results=plots.scores(told) if told.total(SCORES) >= plots.FEWEST else None,
    )


def _figures(told: "Tallies") -> tuple[Figure, ...]:
    return (
        Figure(_("Waiting for you"), 0, note=_("No question of an exam is marked by hand yet.")),
        Figure(_("Marked by machine"), told.total(SCORES), note=_("attempts at this training base, all of its exams")),
        Figure(_("Being sat now"), told.total(UNDER_WAY)),
        plots.pass_rate(told),
    )
