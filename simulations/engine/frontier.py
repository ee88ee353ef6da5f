"""The frontier: every outcome on the grid, and how a deal compares with the best that was possible."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from .bargaining import tidy
from .scenario import Scenario
from .table import Interaction
from .utility import value_of, worth

Grid = NDArray[np.float32]
SAMPLE_STRIDE = 17
KEPT, KEPT_FRONTS = 768, 64
NOTICED = 0.02  # utility of both sides together; less is no advice to anybody
Kept = TypeVar("Kept")

_outlooks: "OrderedDict[tuple[str, str], Outlook]" = OrderedDict()
_fronts: "OrderedDict[tuple[str, str], tuple[Point, ...]]" = OrderedDict()


@dataclass(frozen=True, slots=True)
class Point:
    """One outcome: its terms and what they are worth to principal and partner."""

    terms: dict[str, Any]
    principal: float
    partner: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What could have been agreed between the principal and one partner."""

    partner: str
    count: int
    zopa_share: float
    max_joint: float
    max_nash: float
    best: tuple[float, float]
    floors: tuple[float, float]
    nash: Point
    sample: NDArray[np.float32]


def outlook(sc: Scenario, partner: str) -> Outlook:
    """The outlook with a partner, computed once for the content of the scenario."""
    return _remembered(_outlooks, sc, partner, _computed, KEPT)


def front(sc: Scenario, partner: str) -> tuple[Point, ...]:
    """The undominated outcomes, the best for the principal first; computed when somebody looks at them."""
    return _remembered(_fronts, sc, partner, _undominated, KEPT_FRONTS)


def _remembered(
    kept: "OrderedDict[tuple[str, str], Kept]",
    sc: Scenario,
    partner: str,
    compute: Callable[[Scenario, str], Kept],
    most: int,
) -> Kept:
    key = (sc.sha256, partner)
    if key not in kept:
        kept[key] = compute(sc, partner)
        while len(kept) > most:
            kept.popitem(last=False)
    return kept[key]


def _both(sc: Scenario, partner: str) -> tuple[dict[str, tuple[Any, ...]], Grid, Grid]:
    grids = {name: issue.grid() for name, issue in sc.issues.items()}
    a = _utilities(sc, grids, sc.talks.principal) + np.float32(sc.talks.appeal.get(partner, 0.0))
    return grids, a, _utilities(sc, grids, partner)


def _point(grids: Mapping[str, tuple[Any, ...]], a: Grid, b: Grid, index: int) -> Point:
    place = np.unravel_index(index, a.shape)
    terms = {name: tidy(grids[name][int(place[n])]) for n, name in enumerate(grids)}
    return Point(terms, float(a.flat[index]), float(b.flat[index]))


def _computed(sc: Scenario, partner: str) -> Outlook:
    grids, a, b = _both(sc, partner)
    floors = (sc.parties[sc.talks.principal].utility.reservation, sc.parties[partner].utility.reservation)
    gain_a, gain_b = a.ravel() - floors[0], b.ravel() - floors[1]
    both = (gain_a >= 0) & (gain_b >= 0)
    product = np.where(both, gain_a * gain_b, np.float32(-1))
    joint = np.where(both, gain_a + gain_b, np.float32(0))
    top = int(product.argmax())

    return Outlook(
        partner=partner,
        count=a.size,
        zopa_share=float(both.mean()),
        max_joint=float(joint.max()),
        max_nash=max(0.0, float(product[top])),
        best=(_best(gain_a, gain_b), _best(gain_b, gain_a)),
        floors=floors,
        nash=_point(grids, a, b, top),
        sample=_sampled(a, b),
    )


def _sampled(a: Grid, b: Grid) -> Grid:
    stride = SAMPLE_STRIDE if a.size > 20_000 else 1
    return np.stack([a.ravel()[::stride], b.ravel()[::stride]])


def _utilities(sc: Scenario, grids: Mapping[str, tuple[Any, ...]], party: str) -> Grid:
    utility = sc.parties[party].utility
    count = len(grids)
    columns = []
    for n, (issue, values) in enumerate(grids.items()):
        column = np.array([utility.weights[issue] * value_of(sc, party, issue, v) for v in values], np.float32)
        columns.append(column.reshape([-1 if k == n else 1 for k in range(count)]))
    total: Grid = reduce(np.add, columns)
    for interaction in utility.interactions:
        total[_mask(interaction, grids)] += np.float32(interaction.add)
    return total


def _mask(interaction: Interaction, grids: Mapping[str, tuple[Any, ...]]) -> tuple[Any, ...]:
    chosen = []
    for issue, values in grids.items():
        allowed = interaction.when.get(issue)
        if allowed is None:
            keep = range(len(values))
        elif isinstance(values[0], str):
            keep = [n for n, value in enumerate(values) if value in allowed]  # type: ignore[assignment]
        else:
            keep = [n for n, v in enumerate(values) if allowed[0] <= v <= allowed[-1]]  # type: ignore[assignment]
        chosen.append(np.array(list(keep), dtype=int))
    return np.ix_(*chosen)


def _best(own: Grid, other: Grid) -> float:
    allowed = own[other >= 0]
    return float(allowed.max()) if allowed.size else 0.0


def _undominated(sc: Scenario, partner: str) -> tuple[Point, ...]:
    """A coarse frontier of every 17th outcome throws out nearly all before the sort."""
    grids, worths_a, worths_b = _both(sc, partner)
    a, b = worths_a.ravel(), worths_b.ravel()
    some = _staircase(a[::SAMPLE_STRIDE], b[::SAMPLE_STRIDE], np.arange(0, a.size, SAMPLE_STRIDE))[::-1]
    rising = a[some]
    place = np.searchsorted(rising, a, side="left")
    height = np.append(b[some], np.float32(-np.inf))
    candidates = np.flatnonzero(b >= height[place])
    indices = _staircase(a[candidates], b[candidates], candidates)
    return tuple(_point(grids, worths_a, worths_b, int(index)) for index in indices)


def _staircase(a: Grid, b: Grid, indices: NDArray[np.intp]) -> NDArray[np.intp]:
    order = np.lexsort((-b, -a))
    rising = np.maximum.accumulate(b[order])
    first = np.concatenate(([True], rising[1:] > rising[:-1]))
    return indices[order[first]]


def prospects(sc: Scenario) -> Outlook:
    """The outlook with the partner who could have brought the two sides furthest."""
    return max((outlook(sc, partner) for partner in sc.talks.partners), key=lambda each: each.max_nash)


def gains(sc: Scenario, partner: str, terms: Mapping[str, Any]) -> tuple[float, float]:
    """What a deal leaves each side above its walk-away."""
    principal = sc.talks.principal
    return (
        worth(sc, principal, partner, terms) - sc.parties[principal].utility.reservation,
        worth(sc, partner, partner, terms) - sc.parties[partner].utility.reservation,
    )


def measures(sc: Scenario, partner: str, terms: Mapping[str, Any]) -> dict[str, float]:
    """Joint value, Nash product, balance, Pareto efficiency and each side's share, between 0 and 1."""
    own, other = gains(sc, partner, terms)
    ideal = prospects(sc)
    if own < 0 or other < 0 or ideal.max_nash <= 0:
        return dict.fromkeys(("joint", "nash", "balance", "pareto", "principal", "partner"), 0.0)
    shares = [min(1.0, gain / best) if best else 0.0 for gain, best in zip((own, other), ideal.best, strict=True)]
    return {
        "joint": min(1.0, (own + other) / ideal.max_joint),
        "nash": min(1.0, own * other / ideal.max_nash),
        "balance": min(shares) / max(shares) if max(shares) else 0.0,
        "pareto": efficiency(outlook(sc, partner), own, other),
        "principal": shares[0],
        "partner": shares[1],
    }


def efficiency(view: Outlook, own: float, other: float) -> float:
    """Dominated outcomes over dominated and dominating ones (Tripp and Sondak), on the systematic sample."""
    a, b = view.sample[0] - view.floors[0], view.sample[1] - view.floors[1]
    hair = 1e-6
    worse = int(np.count_nonzero((a <= own + hair) & (b <= other + hair)))
    better = int(np.count_nonzero((a > own + hair) & (b > other + hair)))
    return worse / (worse + better) if worse + better else 1.0


def better_for_both(sc: Scenario, partner: str, terms: Mapping[str, Any], count: int = 2) -> list[Point]:
    """Deals that both sides would have preferred by more than a hair: nearest to what was agreed, best first."""
    own, other = gains(sc, partner, terms)
    view = outlook(sc, partner)
    ahead = [
        point
        for point in front(sc, partner)
        if point.principal - view.floors[0] > own + 1e-6
        and point.partner - view.floors[1] > other + 1e-6
        and point.principal + point.partner - sum(view.floors) >= own + other + NOTICED
    ]
    ahead.sort(key=lambda point: (_changes(point.terms, terms), -point.principal - point.partner))
    return ahead[:count]


def _changes(new: Mapping[str, Any], old: Mapping[str, Any]) -> int:
    return sum(new[name] != old[name] for name in old)
