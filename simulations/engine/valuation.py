"""Valuation: the cash-flow model of a licence, and what it gives when its inputs are not known to the yuan.

`licence` takes these inputs, each a number or an array; one that a sheet does not list takes its default.

    sales      0    sales of the licensed product in the first year at full take-up, in money
    growth     0    yearly growth of these sales, in per cent
    years      10   years of the licence, rounded to whole ones, 1 to 20
    ramp       0    years until full take-up; 0 is at once
    margin     0    what the licensee keeps of its sales before paying for the licence, in per cent
    invest     0    what the licensee invests at the start, in money
    success    100  how likely the technology works in the end, in per cent
    rate       10   yearly discount rate, in per cent
    support    0    what delivery and support cost the licensor, at the start, in money
    lump       0    lump sum at signing, in money
    entry      0    entry fee at signing, in money
    royalty    0    running royalty beside the entry fee, in per cent of sales
    milestone  0    sum of the milestones, in money: half after the first year, half in the year of full take-up
    free       0    years of use before payment begins (use first, pay later), rounded to whole ones
    later      0    royalty after the free years, in per cent of sales

With d = 1 / (1 + rate), p = success, all per cents as shares, and t = 1 … years:

    sales_t   = sales · (1 + growth)^(t − 1) · min(1, t / ramp)          (the last factor is 1 when ramp is 0)
    A         = Σ d^t · sales_t              B = the same sum over t > free
    k         = the whole number not below ramp, at least 1, at most years

    sales_value = p · A                      project = p · margin · A − invest
    lump form           pays  L = lump
    entry + royalty     pays  R = entry + p · royalty · A
    milestones          pay   M = p · milestone · (d + d^k) / 2
    use first           pays  U = p · later · B
    licensor_lump = L − support              licensee_lump = project − L
    and so on for `_royalty` (R), `_milestones` (M) and `_use_first` (U)

Success weighs every flow after signing (a risk-adjusted value): it is no toss of a coin.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .models import ARITHMETIC, Operations

Array = NDArray[np.float64]
PATHS = 8192
LONGEST = 20
DEFAULTS = {
    "sales": 0.0, "growth": 0.0, "years": 10.0, "ramp": 0.0, "margin": 0.0, "invest": 0.0, "success": 100.0,
    "rate": 10.0, "support": 0.0, "lump": 0.0, "entry": 0.0, "royalty": 0.0, "milestone": 0.0, "free": 0.0,
    "later": 0.0,
}  # fmt: skip
FORMS = ("lump", "royalty", "milestones", "use_first")
OUTPUTS = ("sales_value", "project", *(f"{side}_{form}" for form in FORMS for side in ("licensor", "licensee")))
ON_ARRAYS: Operations = {**ARITHMETIC, "div": np.divide, "min": np.minimum, "max": np.maximum}


def licence(inputs: Mapping[str, Any]) -> dict[str, Array]:
    """What a licence is worth to both sides under four forms of payment."""
    given = {name: np.asarray(inputs.get(name, default), dtype=float) for name, default in DEFAULTS.items()}
    growth, share, margin, royalty, later = (
        given[name] / 100 for name in ("growth", "success", "margin", "royalty", "later")
    )
    step = 1 / (1 + given["rate"] / 100)
    years = np.clip(np.floor(given["years"] + 0.5), 1, LONGEST)
    free = np.floor(given["free"] + 0.5)
    full = np.minimum(np.maximum(np.ceil(given["ramp"]), 1), years)
    all_years, after_free, at_full = (np.zeros(np.broadcast_shapes(*(each.shape for each in given.values()))),) * 3
    discount, sales = step, given["sales"]
    for year in range(1, LONGEST + 1):
        taken_up = np.where(given["ramp"] > 0, np.minimum(1.0, year / np.maximum(given["ramp"], 1e-9)), 1.0)
        flow = np.where(year <= years, discount * sales * taken_up, 0.0)
        all_years = all_years + flow
        after_free = after_free + np.where(year > free, flow, 0.0)
        at_full = at_full + np.where(year == full, discount, 0.0)
        discount, sales = discount * step, sales * (1 + growth)
    project = share * margin * all_years - given["invest"]
    paid = {
        "lump": given["lump"],
        "royalty": given["entry"] + share * royalty * all_years,
        "milestones": share * given["milestone"] * (step + at_full) / 2,
        "use_first": share * later * after_free,
    }
    worth = {"sales_value": share * all_years, "project": project}
    for form, sum_paid in paid.items():
        worth[f"licensor_{form}"] = sum_paid - given["support"]
        worth[f"licensee_{form}"] = project - sum_paid
    return worth


@lru_cache(maxsize=64)
def strata(name: str) -> Array:
    """One draw in each of `PATHS` equal strata of [0, 1), in an order that the name alone decides."""
    blocks = b"".join(blake2b(f"{name}\x1f{block}".encode(), digest_size=64).digest() for block in range(PATHS // 8))
    order = np.argsort(np.frombuffer(blocks, dtype=">u8"), kind="stable")
    places = np.empty(PATHS)
    places[order] = (np.arange(PATHS) + 0.5) / PATHS
    return places


def triangular(name: str, low: float, likely: float, high: float) -> Array:
    """Draws between low and high, most of them near what is likely."""
    if not low < high:
        return np.full(PATHS, likely)
    draws = strata(name)
    turn = (likely - low) / (high - low)
    rising = low + np.sqrt(draws * (high - low) * (likely - low))
    falling = high - np.sqrt((1 - draws) * (high - low) * (high - likely))
    return np.where(draws < turn, rising, falling)


def quantiles_of(values: Array) -> list[float]:
    """The 101 quantiles from the least to the greatest, to nine digits."""
    ranked = np.sort(np.broadcast_to(values, PATHS))
    places = np.linspace(0, PATHS - 1, 101)
    below = np.floor(places).astype(int)
    above = np.minimum(below + 1, PATHS - 1)
    read = ranked[below] + (places - below) * (ranked[above] - ranked[below])
    return [float(f"{each:.9g}") for each in read]
