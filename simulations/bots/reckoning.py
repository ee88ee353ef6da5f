"""Reckoning: worksheets filled in from what was told, run on the workbench, and intervals of honest width."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from simulations.engine.models import BadModel, evaluate
from simulations.engine.valuation import ON_ARRAYS, Array, licence

from . import View
from .knowledge import DOUBT, GRADES

SAMPLES = 240
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71)
TAIL = 0.1
IN_THE_DARK = 0.25
Figure = tuple[float, float, float]
Sheet = Callable[[Mapping[str, Any]], Any]


def figures(view: View, lines: list[View], *, careful: bool) -> dict[str, Figure]:
    """Low, likely and high for every line: by the best evidence when careful, else by what was heard first."""
    return {line["id"]: _figure(view, line, careful=careful) for line in lines}


def _figure(view: View, line: View, *, careful: bool) -> Figure:
    told = [number for number in view["numbers"] if number["name"] == line["id"]]
    if told:
        best = max(told, key=lambda number: GRADES.get(number["grade"], 1)) if careful else told[0]
        value, doubt = float(best["value"]), DOUBT.get(best["grade"], IN_THE_DARK)
    else:
        value, doubt = (line["low"] + line["high"]) / 2, IN_THE_DARK
    first, middle, last = line.get("spread") or (1 - doubt, 1, 1 + doubt)
    low, likely, high = sorted((value * first, value * middle, value * last))
    return _within(line, low), _within(line, likely), _within(line, high)


def _within(line: View, value: float) -> float:
    return float(max(line["low"], min(line["high"], value)))


def sheet(each: View, model: Any) -> Sheet | None:
    """The calculation of a worksheet, as anybody at the desk can run it."""
    if each.get("workbench"):
        return lambda numbers: evaluate(model or "licensor_royalty", licence(numbers), ON_ARRAYS)
    return None if model is None else lambda numbers: evaluate(model, numbers, ON_ARRAYS)


def likely(work: Sheet, found: Mapping[str, Figure]) -> float | None:
    """What the sheet gives for the likely figures."""
    value = _run(work, {name: np.float64(figure[1]) for name, figure in found.items()})
    return None if value is None else float(value)


def interval(work: Sheet, found: Mapping[str, Figure]) -> tuple[float, float] | None:
    """The middle eight tenths of what the sheet gives, when every figure may lie anywhere in its triangle."""
    value = _run(work, {name: _triangle(figure, _even(k)) for k, (name, figure) in enumerate(found.items())})
    if value is None:
        return None
    results = np.sort(np.broadcast_to(value, SAMPLES))
    return float(results[int(SAMPLES * TAIL)]), float(results[int(SAMPLES * (1 - TAIL))])


def _run(work: Sheet, numbers: Mapping[str, Any]) -> Any:
    try:
        with np.errstate(all="ignore"):
            value = work(numbers)
    except BadModel:
        return None
    return value if np.all(np.isfinite(value)) else None


@lru_cache(maxsize=32)
def _even(place: int) -> Array:
    """An even sequence of points in [0, 1), another for each line: digits mirrored at the point."""
    base = PRIMES[place % len(PRIMES)]
    return np.array([_mirrored(n, base) for n in range(1, SAMPLES + 1)])


def _mirrored(n: int, base: int) -> float:
    point, share = 0.0, 1.0
    while n:
        share /= base
        n, digit = divmod(n, base)
        point += digit * share
    return point


def _triangle(figure: Figure, draws: Array) -> Array:
    low, middle, high = figure
    if high <= low:
        return np.full(SAMPLES, middle)
    turn = (middle - low) / (high - low)
    rising = low + np.sqrt(draws * (high - low) * (middle - low))
    falling = high - np.sqrt((1 - draws) * (high - low) * (high - middle))
    return np.where(draws < turn, rising, falling)


def entered(found: Mapping[str, Figure]) -> dict[str, list[Any]]:
    """The figures as a command carries them."""
    return {name: [round(end, 6) for end in figure] for name, figure in found.items()}
