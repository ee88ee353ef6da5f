"""Bars: what playtest figures a scenario must reach before it may count.

Hard bars hold for everybody; printed ones may be waived by a named approver with a reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Any

from simulations.engine.scenario import Scenario

from .measuring import auc, effect
from .policies import ABLATED, CHEATS, GATE, LEAKER, LEARNT, ONLY_WHERE_DEALS_ARE_RIGHT, SKILLS

if TYPE_CHECKING:
    from .field import Ground, Outcome

Outcomes = Mapping[str, Sequence["Outcome"]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the value measured, the limit, whether it is cleared, and whether nobody may waive it."""

    name: str
    value: float
    limit: str
    ok: bool
    hard: bool = True

    def to_json(self) -> dict[str, Any]:
        """The bar as JSON values."""
        return asdict(self)


def at_most(name: str, value: float, limit: float, *, hard: bool = True) -> Bar:
    """A bar that the value may not exceed."""
    return Bar(name, round(value, 3), f"≤ {limit:g}", value <= limit, hard)


def at_least(name: str, value: float, limit: float, *, hard: bool = True) -> Bar:
    """A bar that the value must reach."""
    return Bar(name, round(value, 3), f"≥ {limit:g}", value >= limit, hard)


def bars(sc: Scenario, done: Outcomes, ground: "Sequence[Ground]", report: Mapping[str, Any]) -> tuple[Bar, ...]:
    """Every bar of a scenario, hard ones first."""
    walks = {each.flavour for each in ground if each.walk_right}
    return (
        *_means(done),
        *_steps(done),
        *_cheats(sc, done, walks),
        *_endings(done, walks),
        *_items(report),
        *_reliability(report),
        *_zopa(report),
    )


def totals(done: "Sequence[Outcome]") -> list[float]:
    """The totals of attempts."""
    return [each.total for each in done]


def _means(done: Outcomes) -> Iterator[Bar]:
    mean = {name: fmean(totals(done[name])) for name in (*SKILLS, "greedy")}
    yield at_most("random mean", mean["random"], 20)
    yield at_most("greedy mean", mean["greedy"], 30)
    yield at_least("average mean, low end", mean["average"], 30)
    yield at_most("average mean, high end", mean["average"], 60)
    yield at_least("expert mean", mean["expert"], 80)
    yield at_most("expert sd", stdev(totals(done["expert"])), 8)


def _steps(done: Outcomes) -> Iterator[Bar]:
    for low, high in pairwise(name for name in SKILLS if name != "random"):
        yield at_least(f"d {low} to {high}", effect(totals(done[high]), totals(done[low])), 0.8)
    expert, average = totals(done["expert"]), totals(done["average"])
    yield at_least("d average to expert", effect(expert, average), 2)
    yield at_least("AUC average to expert", auc(expert, average), 0.95)


def _cheats(sc: Scenario, done: Outcomes, walks: set[str]) -> Iterator[Bar]:
    listed = [*CHEATS, *LEARNT, LEAKER]
    for name in (name for name in done if name in listed or name.startswith(GATE)):
        apart = walks if name in ONLY_WHERE_DEALS_ARE_RIGHT else set()
        cheat = [each for each in done[name] if each.flavour not in apart]
        expert = [each for each in done["expert"] if each.flavour not in apart]
        if cheat:
            yield at_most(f"{name} mean under the pass mark", fmean(totals(cheat)), sc.pass_mark - 0.01)
            yield at_least(f"d {name} to expert", effect(totals(expert), totals(cheat)), 1)


def _endings(done: Outcomes, walks: set[str]) -> Iterator[Bar]:
    """Deals where a deal is right, walking away where none is; and what it costs to ask nobody."""
    dealing = [each for each in done["expert"] if each.flavour not in walks]
    blind = [each for each in done[ABLATED] if each.flavour not in walks]
    if dealing:
        yield at_least("expert deal rate", fmean(each.deal for each in dealing), 0.95)
        gap = effect([each.nash for each in dealing], [each.nash for each in blind])
        yield at_least("d of asking, on the Nash product", gap, 0.8)
    for flavour in sorted(walks):
        walking = [each for each in done["expert"] if each.flavour == flavour]
        yield at_least(f"expert walk rate, {flavour or 'written'}", fmean(each.walked for each in walking), 0.95)


def _items(report: Mapping[str, Any]) -> Iterator[Bar]:
    for item in report["items"]:
        easy = item["p"]
        yield Bar(f"item {item['id']} p", easy, ".10 – .95", 0.10 <= easy <= 0.95, hard=False)
        yield at_least(f"item {item['id']} r_it", item["r_it"], 0.2, hard=False)


def _reliability(report: Mapping[str, Any]) -> Iterator[Bar]:
    found = report["reliability"]
    yield at_least("alpha", found["alpha"], 0.8, hard=False)
    yield at_most("SEM of one attempt", found["sem1"], 12, hard=False)
    yield at_most("SEM of the mean of three", found["sem3"], 8, hard=False)
    yield at_least("ICC of one attempt", found["icc1"], 0.6, hard=False)
    yield at_least("ICC of three attempts", found["icc3"], 0.85, hard=False)


def _zopa(report: Mapping[str, Any]) -> Iterator[Bar]:
    least, most = report["zopa"]["least"], report["zopa"]["most"]
    if least is not None:
        yield at_least("ZOPA, least share of the grid", least, 0.03, hard=False)
        yield at_most("ZOPA, most share of the grid", most, 0.12, hard=False)
