"""Rating a piece of work: what a rule gives, step by step, so that a page can tell it in words."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from .rules import Kind, Rule

HUNDREDTH = Decimal("0.01")
NOTHING = Decimal("0.00")
WHOLE = Decimal(100)

What = Literal["base", "band", "per", "most", "diminished", "shared", "capped"]


class NoMeasure(ValueError):
    """The rule measures something, and no positive finite figure of it was given."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to the points.

    `points` is what stands after it. `figure` is, by `what`: the amount a band ends with or a unit comes to (none
    for the last band), the most for one piece, the percent given, the share in percent, or the cap of the year.
    """

    what: What
    points: Decimal
    figure: Decimal | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Award:
    """What one person gets: `base` is what the whole work is rated at, before repetition, share and cap."""

    points: Decimal
    base: Decimal
    steps: tuple[Step, ...]

    @property
    def held_back(self) -> Decimal:
        """What the cap of the year left ungiven."""
        last = self.steps[-1]
        return self.steps[-2].points - last.points if last.what == "capped" else NOTHING


def rounded(points: Decimal) -> Decimal:
    """To the hundredth, half upwards (away from nothing)."""
    return points.quantize(HUNDREDTH, ROUND_HALF_UP)


def base_of(rule: Rule, measure: Decimal | None) -> Step:
    """What the whole work is rated at."""
    if rule.points is not None:
        return Step("base", rule.points)
    if measure is None or not measure.is_finite() or measure <= 0:
        raise NoMeasure(rule.code)
    if rule.per is not None:
        units = int(measure // rule.per.unit)
        given = rounded(rule.per.points * units)
        if rule.per.most is not None and given > rule.per.most:
            return Step("most", rule.per.most, rule.per.most, units)
        return Step("per", given, rule.per.unit, units)
    band = next(band for band in rule.bands if band.up_to is None or measure <= band.up_to)
    return Step("band", band.points, band.up_to)


def percent_of_nth(rule: Rule, nth_in_year: int) -> Decimal:
    """How much of its points the nth piece of work of a year still gives."""
    reached = [step.percent for step in rule.diminishing if nth_in_year > step.after]
    return reached[-1] if reached else WHOLE


def award(
    rule: Rule,
    kind: Kind,
    *,
    measure: Decimal | None,
    percent: Decimal,
    kind_points_in_year: Decimal,
    nth_in_year: int,
    share: Decimal | None = None,
) -> Award:
    """What one person gets for a piece of work of which they did `percent`.

    `nth_in_year` counts this piece among those of the same rule and year, from 1. `share` is their part of the
    base as `split` cut it, so that parts come to exactly the whole; without it `percent` is taken and rounded.
    """
    base = base_of(rule, measure)
    steps = [base]
    points = base.points
    if percent != WHOLE:
        points = rounded(points * percent / WHOLE) if share is None else share
        steps.append(Step("shared", points, percent))
    if points < 0:  # a violation is neither lessened by repetition nor capped
        return Award(points, base.points, tuple(steps))
    of_nth = percent_of_nth(rule, nth_in_year)
    if of_nth != WHOLE:
        points = rounded(points * of_nth / WHOLE)
        steps.append(Step("diminished", points, of_nth, nth_in_year))
    room = None if kind.cap_per_year is None else max(NOTHING, kind.cap_per_year - max(NOTHING, kind_points_in_year))
    if room is not None and points > room:
        points = room
        steps.append(Step("capped", points, kind.cap_per_year))
    return Award(points.quantize(HUNDREDTH), base.points, tuple(steps))


def split(total: Decimal, weights: list[Decimal]) -> list[Decimal]:
    """`total` cut by `weights` into hundredths whose sum is exactly `total`: largest remainders get the odd ones.

    Equal remainders: the larger weight first, then whoever is named first.
    """
    whole = sum(weights, Decimal(0))
    if not weights or whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights come to more than nothing, none of them below it")
    sign = -1 if total < 0 else 1
    hundredths = int(abs(total) / HUNDREDTH)
    exact = [hundredths * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(weights)), key=lambda i: (parts[i] - exact[i], -weights[i], i))
    for index in order[: hundredths - sum(parts)]:
        parts[index] += 1
    return [sign * part * HUNDREDTH for part in parts]
