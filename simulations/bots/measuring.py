"""Measuring: how far apart two policies are, and how well a test tells people apart."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, pvariance, stdev

Rows = Sequence[Sequence[float]]


def effect(high: Sequence[float], low: Sequence[float]) -> float:
    """Cohen's d with pooled deviation; two policies that never vary are as far apart as can be, or not at all."""
    pooled = sqrt((stdev(high) ** 2 + stdev(low) ** 2) / 2)
    gap = fmean(high) - fmean(low)
    return gap / pooled if pooled else (99.0 if gap > 0 else -99.0 if gap < 0 else 0.0)


def auc(high: Sequence[float], low: Sequence[float]) -> float:
    """How often an attempt of the better policy beats one of the worse, ties counted half."""
    wins = sum((one > two) + (one == two) / 2 for one in high for two in low)
    return wins / (len(high) * len(low))


def correlation(one: Sequence[float], two: Sequence[float]) -> float:
    """Pearson's correlation; without any variance there is none."""
    mean_one, mean_two = fmean(one), fmean(two)
    top = sum((a - mean_one) * (b - mean_two) for a, b in zip(one, two, strict=True))
    bottom = sqrt(sum((a - mean_one) ** 2 for a in one) * sum((b - mean_two) ** 2 for b in two))
    return top / bottom if bottom else 0.0


def item_rest(rows: Rows, item: int) -> float:
    """How an item goes with the rest of the test: its correlation with the total without it."""
    return correlation([row[item] for row in rows], [sum(row) - row[item] for row in rows])


def alpha(rows: Rows) -> float:
    """Cronbach's alpha: how much of what items measure they measure together."""
    count = len(rows[0])
    whole = pvariance([sum(row) for row in rows])
    if count < 2 or not whole:
        return 0.0
    parts = sum(pvariance([row[n] for row in rows]) for n in range(count))
    return count / (count - 1) * (1 - parts / whole)


def within(groups: Rows) -> float:
    """The mean variance of one person's attempts around the person's own mean."""
    attempts = len(groups[0])
    return sum((x - fmean(group)) ** 2 for group in groups for x in group) / (len(groups) * (attempts - 1))


def between(groups: Rows) -> float:
    """How much persons differ, on the scale of one attempt's variance."""
    grand = fmean([fmean(group) for group in groups])
    return len(groups[0]) * sum((fmean(group) - grand) ** 2 for group in groups) / (len(groups) - 1)


def icc(groups: Rows, *, attempts: int) -> float:
    """The intraclass correlation of the mean of so many attempts (one-way, random)."""
    noise, signal = within(groups), between(groups)
    if signal <= noise:
        return 0.0
    true = (signal - noise) / len(groups[0])
    return true / (true + noise / attempts)


def sem(groups: Rows, *, attempts: int) -> float:
    """The standard error of measurement of the mean of so many attempts."""
    return sqrt(within(groups) / attempts)
