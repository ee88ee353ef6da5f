"""The formulas of classical test theory, from sums to figures; where one says nothing, the answer is None.

Sums of squares are taken as nothing when they are no more than rounding.
"""

from math import sqrt

NOTHING = 1e-12


def spread(n: int, total: float, squares: float) -> float:
    """The sum of squared deviations from the mean, from n, the sum and the sum of squares."""
    found = squares - total * total / n
    return found if found > NOTHING * max(1.0, squares) else 0.0


def variance(n: int, total: float, squares: float) -> float | None:
    """The sample variance, over n − 1; of fewer than two values there is none."""
    return spread(n, total, squares) / (n - 1) if n > 1 else None


def correlation(n: int, x: float, xx: float, y: float, yy: float, xy: float) -> float | None:
    """Pearson's r from sums. With x only 0 or 1 it is the point-biserial r = (M₁ − M₀) / s · √(p q)
    (Crocker and Algina, Introduction to Classical and Modern Test Theory, 1986, chapter 14).
    """
    across = sqrt(spread(n, x, xx) * spread(n, y, yy)) if n > 1 else 0.0
    return max(-1.0, min(1.0, (xy - x * y / n) / across)) if across else None


def alpha(items: int, item_variances: float, total_variance: float) -> float | None:
    """α = k / (k − 1) · (1 − Σσ²ᵢ / σ²ₓ) (Cronbach, Psychometrika 16, 1951, 297–334).

    With items of 0 or 1 point the variances are p q, and it is formula 20 of Kuder and Richardson
    (Psychometrika 2, 1937, 151–160).
    """
    if items < 2 or not total_variance:
        return None
    return items / (items - 1) * (1 - item_variances / total_variance)


def nested_coefficient(people: int, cells: int, total: float, squares: float, by_person: float) -> float | None:
    """Eρ² of the one-facet nested design i:p, (MSp − MSi:p) / MSp (Brennan, Generalizability Theory, 2001, chapter 2).

    `total` and `squares` are sums over all cells, `by_person` is Σ(Σᵢx)² / nₚ. A negative estimate of the
    variance between people is taken as nothing.
    """
    if people < 2 or cells <= people:
        return None
    between = spread(people, 0.0, by_person - total * total / cells) / (people - 1)
    within = spread(people, 0.0, squares - by_person) / (cells - people)
    return max(0.0, (between - within) / between) if between else None


def standard_error(deviation: float, reliability: float) -> float:
    """SEM = s · √(1 − r) (Lord and Novick, Statistical Theories of Mental Test Scores, 1968); below r = 0 it is s."""
    return deviation * sqrt(1 - max(0.0, min(1.0, reliability)))
