"""Bars: what playtest figures a scenario must reach before it may count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from simulations.engine.scenario import Scenario

from .playtest import PolicyReport, auc, effect
from .policies import CHEATS, GATES, SKILLS

Reports = Mapping[str, PolicyReport]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the value measured, the limit, and whether it is cleared."""

    name: str
    value: float
    limit: str
    ok: bool


def _at_most(name: str, value: float, limit: float) -> Bar:
    return Bar(name, round(value, 3), f"≤ {limit:g}", value <= limit)


def _at_least(name: str, value: float, limit: float) -> Bar:
    return Bar(name, round(value, 3), f"≥ {limit:g}", value >= limit)


def bars(sc: Scenario, reports: Reports) -> tuple[Bar, ...]:
    """Every bar that can be read from these reports."""
    return (*_means(reports), *_steps(reports), *_winnable(reports), *_cheats(sc, reports), *_gates(reports))


def _means(reports: Reports) -> Iterator[Bar]:
    if "random" in reports:
        yield _at_most("random mean", reports["random"].mean, 20)
    if "greedy" in reports:
        yield _at_most("greedy mean", reports["greedy"].mean, 30)
    if "average" in reports:
        yield _at_least("average mean, low end", reports["average"].mean, 30)
        yield _at_most("average mean, high end", reports["average"].mean, 60)
    if "expert" in reports:
        yield _at_least("expert mean", reports["expert"].mean, 80)
        yield _at_most("expert sd", reports["expert"].sd, 8)


def _steps(reports: Reports) -> Iterator[Bar]:
    for low, high in pairwise([name for name in SKILLS if name in reports]):
        yield _at_least(f"d {low} to {high}", effect(reports[high].totals, reports[low].totals), 0.8)
    if {"average", "expert"} <= set(reports):
        expert, average = reports["expert"].totals, reports["average"].totals
        yield _at_least("d average to expert", effect(expert, average), 2)
        yield _at_least("AUC average to expert", auc(expert, average), 0.95)


def _winnable(reports: Reports) -> Iterator[Bar]:
    if "expert" not in reports:
        return
    expert = reports["expert"]
    best = sorted(expert.totals)[-max(1, expert.n // 10) :]
    yield _at_least("expert deal rate", expert.deal_rate, 0.95)
    yield _at_least("expert best decile", min(best), 90)
    yield _at_least("expert time used", expert.time_used, 0.7)
    yield _at_least("expert budget used", expert.budget_used, 0.7)


def _cheats(sc: Scenario, reports: Reports) -> Iterator[Bar]:
    for name in CHEATS:
        if name in reports and "expert" in reports:
            yield _at_most(f"{name} mean below pass", reports[name].mean, sc.pass_mark)
            yield _at_least(f"d {name} to expert", effect(reports["expert"].totals, reports[name].totals), 1)
    if {"expert", "incurious"} <= set(reports):
        yield _at_least(
            "d of asking, on the Nash product", effect(reports["expert"].nash, reports["incurious"].nash), 0.8
        )


def _gates(reports: Reports) -> Iterator[Bar]:
    for name in GATES:
        if name in reports:
            yield _at_most(f"{name} highest", max(reports[name].totals), 59)
