"""The formulas on small sets that can be worked out with a pencil, and beside numpy."""

import subprocess
import sys

import numpy as np
import pytest

from lms.exams.engine.formulas import alpha, correlation, nested_coefficient, standard_error, variance

pytestmark = pytest.mark.unit


def _sums(values) -> tuple[int, float, float]:
    return len(values), float(sum(values)), float(sum(value * value for value in values))


def test_variance_is_that_of_a_sample() -> None:
    # 2, 4, 9: mean 5, deviations −3, −1, 4, squares 9 + 1 + 16 = 26, over 2.
    assert variance(*_sums([2, 4, 9])) == pytest.approx(13)
    assert variance(*_sums([2])) is None
    assert variance(*_sums([0.1] * 1000)) == 0.0


def test_the_point_biserial_is_the_correlation_with_nought_and_one() -> None:
    # Rest scores of those who were right 3, 2, 2, 1 (mean 2), of the others 1, 0 (mean ½); s² = 11/12, pq = 2/9.
    x, y = [1, 1, 1, 1, 0, 0], [3, 2, 2, 1, 1, 0]
    n, sx, sxx = _sums(x)
    _n, sy, syy = _sums(y)
    found = correlation(n, sx, sxx, sy, syy, sum(a * b for a, b in zip(x, y, strict=True)))
    assert found == pytest.approx((2 - 0.5) / (11 / 12) ** 0.5 * (2 / 9) ** 0.5)
    assert found == pytest.approx(0.738549, abs=1e-6)


def test_a_question_that_everybody_has_right_correlates_with_nothing() -> None:
    assert correlation(3, 3, 3, 6, 14, 6) is None


def test_alpha_of_a_set_worked_out_by_hand() -> None:
    # Σpq = 11/12, variance of totals 65/36: 4/3 · (1 − 33/65) = 128/195.
    assert alpha(4, 11 / 12, 65 / 36) == pytest.approx(128 / 195)
    assert alpha(1, 0.25, 0.25) is None
    assert alpha(4, 0.0, 0.0) is None


@pytest.mark.parametrize("seed", range(5))
def test_the_nested_coefficient_is_one_minus_the_ratio_of_mean_squares(seed: int) -> None:
    rng = np.random.default_rng(seed)
    people = [rng.random(size) < skill for size, skill in zip((12, 12, 11, 9, 12, 10), rng.random(6), strict=True)]
    cells = np.concatenate(people).astype(float)
    between = sum(len(p) * (p.mean() - cells.mean()) ** 2 for p in people) / (len(people) - 1)
    within = sum(((p - p.mean()) ** 2).sum() for p in people) / (len(cells) - len(people))
    by_person = sum(float(p.sum()) ** 2 / len(p) for p in people)
    found = nested_coefficient(len(people), len(cells), cells.sum(), (cells**2).sum(), by_person)
    assert found == pytest.approx(max(0.0, 1 - within / between))


def test_a_negative_variance_between_people_counts_as_nothing() -> None:
    # Everybody has one of two right: nothing between people, everything within.
    assert nested_coefficient(3, 6, 3, 3, 1.5) is None
    # Means ½, ½ and ¾ … hardly anything between, much within.
    assert nested_coefficient(3, 12, 7, 7, 1 + 1 + 9 / 4) == 0.0


def test_the_standard_error_is_the_deviation_where_nothing_is_reliable() -> None:
    assert standard_error(10, 0.84) == pytest.approx(4)
    assert standard_error(10, -0.3) == 10
    assert standard_error(10, 1) == 0


def test_the_engine_knows_neither_django_nor_the_rest_of_the_house() -> None:
    code = (
        "import sys; import lms.exams.engine.flags; "
        "print([n for n in sys.modules if n.split('.')[0] in ('django', 'cms', 'celery')"
        " or n.startswith('lms.') and not n.startswith(('lms.exams.engine',)) and n != 'lms.exams'])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
