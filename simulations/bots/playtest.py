"""Playtest: many attempts of one policy at one scenario, and the bars that a sound scenario clears."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt
from statistics import fmean, stdev

from simulations.engine.apply import apply, fold
from simulations.engine.chance import u01
from simulations.engine.decide import decide, start
from simulations.engine.events import Event
from simulations.engine.frontier import measures
from simulations.engine.refusing import Refused
from simulations.engine.scenario import Scenario
from simulations.engine.scoring import Score, score
from simulations.engine.state import State
from simulations.engine.view import view

from . import Bot, Command

MOST_COMMANDS = 200
MOST_REFUSALS = 25


@dataclass(frozen=True, slots=True)
class Play:
    """One attempt, from the first event to the score."""

    variant: int
    score: Score
    state: State
    events: tuple[Event, ...]
    commands: tuple[Command, ...]
    refused: int
    nash: float


@dataclass(frozen=True, slots=True)
class PolicyReport:
    """What one policy reached: all totals, and how often it ended in a deal."""

    name: str
    totals: tuple[float, ...]
    nash: tuple[float, ...]
    deals: int
    time_used: float
    budget_used: float
    items: dict[str, float]

    @property
    def n(self) -> int:
        """How many attempts."""
        return len(self.totals)

    @property
    def mean(self) -> float:
        """The mean total."""
        return fmean(self.totals)

    @property
    def sd(self) -> float:
        """The standard deviation of the totals."""
        return stdev(self.totals) if self.n > 1 else 0.0

    @property
    def deal_rate(self) -> float:
        """The share of attempts that ended in a deal."""
        return self.deals / self.n


def play(scenario: Scenario, bot: Bot, seed: str) -> Play:
    """Let a bot play one attempt to its end."""
    sc = scenario.variant(seed)
    events = start(sc, seed)
    st = fold(events)
    commands: list[Command] = []
    draw = partial(_drawn, seed)
    refused = 0
    while st.status == "playing":
        command = bot.act(view(sc, st), draw)
        if command is None or len(commands) >= MOST_COMMANDS or refused >= MOST_REFUSALS:
            command = {"type": "walk_away", "reason": "gave up"}
        try:
            brought = decide(sc, st, command)
        except Refused:
            refused += 1
            continue
        for event in brought:
            apply(st, event)
        events.extend(brought)
        commands.append(command)
    nash = measures(sc, st.partner, st.deal)["nash"] if st.deal is not None else 0.0
    return Play(sc.variant_no, score(sc, st), st, tuple(events), tuple(commands), refused, nash)


def _drawn(seed: str, label: str) -> float:
    return u01(seed, "bot", label)


def playtest(scenario: Scenario, bot: Callable[[], Bot], plays: int, seed: int = 1) -> PolicyReport:
    """Measure one policy over many attempts, each with a seed and a bot of its own."""
    name = getattr(bot, "__name__", type(bot).__name__)
    done = [play(scenario, bot(), f"{seed}:{n}") for n in range(plays)]
    items = {
        item.id: fmean(float(each.score.items[k].points / each.score.items[k].max) for each in done)
        for k, item in enumerate(scenario.rubric)
    }
    return PolicyReport(
        name=name,
        totals=tuple(float(each.score.total) for each in done),
        nash=tuple(each.nash for each in done),
        deals=sum(each.state.deal is not None for each in done),
        time_used=fmean(1 - each.state.days_left / scenario.days for each in done),
        budget_used=fmean(1 - each.state.budget_left / scenario.budget for each in done),
        items=items,
    )


def effect(high: Sequence[float], low: Sequence[float]) -> float:
    """Cohen's d with pooled deviation."""
    pooled = sqrt((stdev(high) ** 2 + stdev(low) ** 2) / 2)
    return (fmean(high) - fmean(low)) / pooled if pooled else 0.0


def auc(high: Sequence[float], low: Sequence[float]) -> float:
    """How often an attempt of the better policy beats one of the worse, ties counted half."""
    ranked = sorted([(value, 1) for value in high] + [(value, 0) for value in low])
    wins, seen, at = 0.0, 0, 0
    while at < len(ranked):
        same = [kind for value, kind in ranked[at:] if value == ranked[at][0]]
        same_low = same.count(0)
        wins += (len(same) - same_low) * (seen + same_low / 2)
        seen += same_low
        at += len(same)
    return wins / (len(high) * len(low))
