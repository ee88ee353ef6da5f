"""The figures of agreement, against what was published."""

from fractions import Fraction
from statistics import mean

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lms.marking.selectors.agreement import Lean, Pair, leans, mean_gap, quadratic_kappa, share_within, weighted_kappa

pytestmark = pytest.mark.unit

# Cohen, J. (1968), Weighted kappa, Psychological Bulletin 70, 213-220, table 1: 200 cases, two judges, three
# diagnoses. A confusion of the first two weighs 1, of the first and the third 3, of the last two 6.
COHEN = {
    (1, 1): 88, (1, 2): 14, (1, 3): 18,
    (2, 1): 10, (2, 2): 40, (2, 3): 10,
    (3, 1): 2, (3, 2): 6, (3, 3): 12,
}  # fmt: skip
GRAVITY = {frozenset((1, 2)): 1, frozenset((1, 3)): 3, frozenset((2, 3)): 6}


def pair(first: int, second: int, of: int = 10, one: str = "甲", other: str = "乙") -> Pair:
    return Pair("K7Q-2MX", Fraction(first, of), Fraction(second, of), one, other)


def test_the_worked_example_of_cohen_comes_out_as_printed() -> None:
    weighted = weighted_kappa(COHEN, lambda one, other: GRAVITY.get(frozenset((one, other)), 0))
    unweighted = weighted_kappa(COHEN, lambda one, other: int(one != other))
    assert (round(float(weighted), 3), round(float(unweighted), 3)) == (0.348, 0.492)


def test_quadratic_weights_by_hand() -> None:
    # Observed: the squares of the gaps are 0, 4, 0, 4, their mean 2. By chance: the mean of squares, 29 and 35,
    # less twice the product of the means, 2 x 4.5 x 4.5.
    pairs = [pair(0, 0), pair(4, 2), pair(6, 6), pair(8, 10)]
    assert quadratic_kappa(pairs) == 1 - Fraction(2) / (29 + 35 - Fraction(81, 2)) == Fraction(43, 47)


def test_equal_marks_throughout_are_full_agreement_and_opposite_ones_are_worse_than_chance() -> None:
    assert quadratic_kappa([pair(0, 0), pair(5, 5), pair(10, 10)]) == 1
    assert quadratic_kappa([pair(0, 10), pair(10, 0)]) == -1


def test_where_everybody_gives_one_mark_the_coefficient_is_not_defined() -> None:
    assert quadratic_kappa([pair(5, 5), pair(5, 5)]) is None
    assert quadratic_kappa([]) is None


marks = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=2, max_size=30)


@given(marks)
def test_with_equal_margins_it_is_the_correlation_as_cohen_proves(given_marks: list[tuple[int, int]]) -> None:
    both = [*given_marks, *((b, a) for a, b in given_marks)]
    middle = mean(a for a, _b in both)
    spread = sum((a - middle) ** 2 for a, _b in both)
    assume(spread)
    kappa = quadratic_kappa([pair(a, b) for a, b in both])
    assert kappa is not None
    assert float(kappa) == pytest.approx(sum((a - middle) * (b - middle) for a, b in both) / spread)


@given(marks)
def test_it_never_passes_one_and_takes_either_order(given_marks: list[tuple[int, int]]) -> None:
    one = quadratic_kappa([pair(a, b) for a, b in given_marks])
    other = quadratic_kappa([pair(b, a) for a, b in given_marks])
    assert one == other
    assert one is None or one <= 1


def test_gaps_and_shares() -> None:
    pairs = [pair(10, 8), pair(5, 5), pair(0, 4)]
    assert mean_gap(pairs) == Fraction(2, 10)
    assert share_within(pairs, Fraction(2, 10)) == Fraction(2, 3)
    assert (mean_gap([]), share_within([], Fraction(1))) == (None, None)


def test_who_is_milder_is_measured_against_the_partners() -> None:
    pairs = [pair(10, 8), pair(6, 6, one="乙", other="丙"), pair(2, 6, one="丙", other="甲")]
    assert leans(pairs) == [
        Lean("甲", 2, Fraction(3, 10)),
        Lean("乙", 2, Fraction(-1, 10)),
        Lean("丙", 2, Fraction(-2, 10)),
    ]
