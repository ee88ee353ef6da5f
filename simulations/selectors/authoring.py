"""Versions of scenarios for those who write them: their state, what was measured, which bars are missed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from simulations.enums import PlaytestState
from simulations.models import PlaytestRun, ScenarioVersion
from simulations.selectors.scenarios import LEVEL_ORDER

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Missed:
    """The bars that a playtest misses: those nobody can waive, and those that a named person may."""

    hard: tuple[str, ...]
    printed: tuple[str, ...]


def versions_of_all() -> QuerySet[ScenarioVersion]:
    """Every version without its long texts, scenarios by level and code, the newest version first (one query)."""
    return (
        ScenarioVersion.objects.defer("source", "truths")
        .annotate(
            attempts_begun=Count("attempts", distinct=True),
            attempts_counted=Count("attempts", filter=Q(attempts__counted=True), distinct=True),
        )
        .order_by(LEVEL_ORDER, "code", "-created_at", "-pk")
    )


def version_by_pk(pk: int) -> ScenarioVersion | None:
    """One version with who uploaded it."""
    return ScenarioVersion.objects.select_related("uploaded_by__person").filter(pk=pk).first()


def standing_playtest(version: ScenarioVersion) -> PlaytestRun | None:
    """The playtest that speaks for a version: the latest that is done."""
    return version.playtests.filter(state=PlaytestState.DONE).first()


def playtest_under_way(version: ScenarioVersion) -> PlaytestRun | None:
    """A playtest that was asked for and has not ended."""
    return version.playtests.filter(state__in=(PlaytestState.ASKED, PlaytestState.RUNNING)).first()


def missed_bars(run: PlaytestRun) -> Missed:
    """The bars that a kept playtest misses."""
    return missed_in(run.figures)


def missed_in(figures: Figures) -> Missed:
    """The bars that these figures miss."""
    return Missed(hard=tuple(_names(figures, hard=True)), printed=tuple(_names(figures, hard=False)))


def _names(figures: Figures, *, hard: bool) -> Iterator[str]:
    return (bar["name"] for bar in figures["bars"] if not bar["ok"] and bar["hard"] is hard)
