"""Papers that people marked, for the debrief: what was written, what it earned, or that it waits."""

from dataclasses import dataclass
from decimal import Decimal

from lms.marking.selectors.outcomes import outcomes_by_source
from simulations.models import Attempt
from simulations.selectors.history import state_of
from simulations.selectors.scenarios import engine_language, scenario_of

OURS = "simulations.attempt:"


def source_of(attempt: Attempt, paper: str) -> str:
    """How the marking room knows a paper."""
    return f"{OURS}{attempt.uid}:{paper}"


@dataclass(frozen=True, slots=True)
class MarkedPaper:
    """A paper and what two people made of it; without points it waits for them, or was written in practice."""

    title: str
    text: str
    counted: bool
    points: Decimal | None = None
    most: Decimal | None = None


def papers_of(attempt: Attempt) -> list[MarkedPaper]:
    """The papers of an ended attempt in the order of the case (two queries)."""
    scenario, written = scenario_of(attempt), state_of(attempt).papers
    sources = {name: source_of(attempt, name) for name in scenario.papers if written.get(name, "").strip()}
    settled = outcomes_by_source(sources.values()) if sources and attempt.counted else {}
    return [
        MarkedPaper(
            title=scenario.say(scenario.papers[name].title, engine_language()),
            text=written[name],
            counted=attempt.counted,
            points=settled[source].points if source in settled else None,
            most=settled[source].max_points if source in settled else None,
        )
        for name, source in sources.items()
    ]
