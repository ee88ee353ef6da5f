"""How far markers agree: weighted kappa (Cohen 1968), gaps, and who is stricter. Values in, values out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marks of one script as shares of its points, with who gave them; the code names the script."""

    code: str
    first: Fraction
    second: Fraction
    first_marker: str
    second_marker: str

    @property
    def gap(self) -> Fraction:
        return abs(self.first - self.second)


@dataclass(frozen=True, slots=True)
class Lean:
    """How one marker's marks lie beside those of their partners: above (more than 0) or below."""

    marker: str
    scripts: int
    mean: Fraction


def weighted_kappa(table: Mapping[tuple[A, A], Fraction | int], weight: Callable[[A, A], Fraction | int]) -> Fraction:
    """Cohen's weighted kappa of a table of counts or proportions, `weight` saying how grave a disagreement is.

    1 less the weighted disagreement that was observed over that which chance would give. Raises
    `ZeroDivisionError` where chance gives none, because everybody used one and the same category.
    """
    rows: dict[A, Fraction] = defaultdict(Fraction)
    columns: dict[A, Fraction] = defaultdict(Fraction)
    for (row, column), number in table.items():
        rows[row] += Fraction(number)
        columns[column] += Fraction(number)
    whole = sum(rows.values(), Fraction(0))
    observed = sum((weight(*cell) * Fraction(number) for cell, number in table.items()), Fraction(0))
    expected = sum(
        (weight(row, column) * rows[row] * columns[column] for row in rows for column in columns), Fraction(0)
    )
    return 1 - observed * whole / expected


def quadratic_kappa(pairs: Sequence[Pair]) -> Fraction | None:
    """Kappa over the levels of points, a disagreement weighing as the square of its gap; None where undefined."""
    table: dict[tuple[Fraction, Fraction], int] = defaultdict(int)
    for pair in pairs:
        table[pair.first, pair.second] += 1
    try:
        return weighted_kappa(table, lambda one, other: (one - other) ** 2)
    except ZeroDivisionError:
        return None


def mean_gap(pairs: Sequence[Pair]) -> Fraction | None:
    """The mean distance between the two marks of a script."""
    return sum((pair.gap for pair in pairs), Fraction(0)) / len(pairs) if pairs else None


def share_within(pairs: Sequence[Pair], gap: Fraction) -> Fraction | None:
    """The part of the scripts whose two marks lie no further apart than `gap`."""
    return Fraction(sum(pair.gap <= gap for pair in pairs), len(pairs)) if pairs else None


def leans(pairs: Iterable[Pair]) -> list[Lean]:
    """For every marker the mean of their own mark less their partner's, the mildest first."""
    gaps: dict[str, list[Fraction]] = defaultdict(list)
    for pair in pairs:
        gaps[pair.first_marker].append(pair.first - pair.second)
        gaps[pair.second_marker].append(pair.second - pair.first)
    found = [Lean(marker, len(each), sum(each, Fraction(0)) / len(each)) for marker, each in gaps.items()]
    return sorted(found, key=lambda lean: (-lean.mean, lean.marker))
