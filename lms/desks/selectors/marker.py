"""The desk of a marker: what waits to be marked, and how the exams that machines have marked came out."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lms.cohorts.selectors.scopes import scope_of
from lms.exams.selectors.figures import SCORES, UNDER_WAY, scores, sittings_ahead, under_way
from lms.kernel.tallies import gather
from lms.marking.selectors.queue import own_rounds

from . import plots
from .sittings import sitting_entry
from .work import Entry, Figure

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cms.design.charts import Histogram
    from lms.accounts.models import User
    from lms.cohorts.selectors.roles import Hat
    from lms.kernel.tallies import Tallies
    from lms.marking.selectors.queue import OwnRound


@dataclass(frozen=True, slots=True)
class MarkerDesk:
    """Everything on the desk, in the language now active. Nobody's name is on it."""

    figures: tuple[Figure, ...]
    rounds: "list[OwnRound]"
    next: tuple[Entry, ...]
    results: "Histogram | None"


def marker_desk(user: "User | AnonymousUser", hat: "Hat", now: datetime) -> MarkerDesk:
    """The desk in three queries. Fewer results than five are counted and not drawn: they would point to persons."""
    here = scope_of(user, hat)
    told, rounds = gather(scores(here), under_way(here)), own_rounds(user)
    return MarkerDesk(
        figures=_figures(told, rounds),
        rounds=rounds,
        next=tuple(sitting_entry(each, now) for each in sittings_ahead(here, now)),
        results=plots.scores(told) if told.total(SCORES) >= plots.FEWEST else None,
    )


def waiting_in(rounds: "list[OwnRound]") -> int:
    """Scripts that are open in the hands of the marker."""
    return sum(each.open for each in rounds)


def _figures(told: "Tallies", rounds: "list[OwnRound]") -> tuple[Figure, ...]:
    marked = sum(each.marked for each in rounds)
    note = _("marked by you in rounds that are open: %(marked)s") % {"marked": marked} if rounds else ""
    return (
        Figure(_("Waiting for you"), waiting_in(rounds), note=note),
        Figure(_("Marked by machine"), told.total(SCORES), note=_("attempts at this training base, all of its exams")),
        Figure(_("Being sat now"), told.total(UNDER_WAY)),
        plots.pass_rate(told),
    )
