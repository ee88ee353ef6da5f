"""The whole pass on a fixed set: six people and four questions, worked out by hand, sat five times over."""

import numpy as np
import pytest

from lms.exams.engine.statistics import Method, compute
from lms.exams.engine.sums import Mark, Sheet

pytestmark = pytest.mark.unit

SIX = ((1, 1, 1, 1), (1, 1, 1, 0), (1, 1, 0, 1), (1, 0, 1, 0), (0, 1, 0, 0), (0, 0, 0, 0))
TIMES = 5


def _sheet(row, *, of=1.0, first=0) -> Sheet:
    marks = [Mark(first + n, of * each, of, ("a",) if each else ("b",)) for n, each in enumerate(row)]
    percent = 100 * sum(row) / len(row)
    return Sheet(percent, percent >= 60, marks)


def _thirty(**given) -> list[Sheet]:
    return [_sheet(row, **given) for _time in range(TIMES) for row in SIX]


def test_the_fixed_set_has_the_figures_that_a_pencil_gives() -> None:
    figures = compute(_thirty())
    assert (figures.attempts, figures.passed) == (30, 15)
    assert figures.mean == pytest.approx(100 * 13 / 24)
    # Variance of totals 65/36 over n; a sample's is 30/29 of it; 25 points a question.
    assert figures.deviation == pytest.approx(25 * (65 / 36 * 30 / 29) ** 0.5)
    assert figures.histogram == (5, 0, 5, 0, 0, 5, 0, 10, 0, 5)
    assert [round(item.facility, 4) for item in figures.items.values()] == [0.6667, 0.6667, 0.5, 0.3333]
    assert figures.items[0].discrimination == pytest.approx(0.738549, abs=1e-6)
    assert figures.reliability is not None
    assert figures.reliability.method == Method.KR20
    assert figures.reliability.value == pytest.approx(128 / 195)
    assert figures.reliability.standard_error == pytest.approx(figures.deviation * (67 / 195) ** 0.5)


def test_options_are_told_with_the_rest_score_of_their_takers() -> None:
    item = compute(_thirty()).items[0]
    # Right (a): rests 3, 2, 2, 1 of 3; wrong (b): 1 and 0.
    assert {name: (each.taken, round(each.mean_rest, 4)) for name, each in item.options.items()} == {
        "a": (20, 66.6667),
        "b": (10, 16.6667),
    }


def test_questions_of_different_worth_are_alpha_and_not_formula_20() -> None:
    rows = [[each * (n + 1.0) for n, each in enumerate(row)] for row in SIX * TIMES]
    sheets = [Sheet(10 * sum(row), False, [Mark(n, x, n + 1.0, None) for n, x in enumerate(row)]) for row in rows]
    table = np.array(rows)
    expected = 4 / 3 * (1 - table.var(axis=0, ddof=1).sum() / table.sum(axis=1).var(ddof=1))
    found = compute(sheets).reliability
    assert found is not None
    assert (found.method, found.value) == (Method.ALPHA, pytest.approx(expected))


def test_papers_that_differ_get_the_nested_coefficient_and_never_alpha() -> None:
    sheets = [_sheet(row, first=100 * n) for n, row in enumerate(SIX * TIMES)]
    found = compute(sheets).reliability
    assert found is not None
    # MSp = 325/696, MSi:p = 13/72: 1 − 9048/23400.
    assert (found.method, found.value) == (Method.NESTED, pytest.approx(14352 / 23400))


def test_partial_points_correlate_as_numpy_says() -> None:
    rng = np.random.default_rng(11)
    table = np.clip(rng.normal(0.5, 0.3, (200, 8)) + rng.normal(0, 0.2, (200, 1)), 0, 1).round(2)
    sheets = [
        Sheet(float(row.mean() * 100), False, [Mark(n, 2 * float(x), 2.0, ()) for n, x in enumerate(row)])
        for row in table
    ]
    items = compute(sheets).items
    for number in range(8):
        rest = np.delete(table, number, axis=1).sum(axis=1)
        expected = np.corrcoef(table[:, number], rest)[0, 1]
        assert items[number].discrimination == pytest.approx(expected)
        assert items[number].facility == pytest.approx(table[:, number].mean())


def test_fewer_than_thirty_papers_give_no_coefficient_but_are_counted() -> None:
    figures = compute(_thirty()[:29])
    assert (figures.attempts, figures.reliability) == (29, None)
    assert {item.discrimination for item in figures.items.values()} == {None}


def test_one_question_has_no_reliability() -> None:
    figures = compute(Sheet(100.0 * (n % 2), True, [Mark(1, n % 2, 1.0, None)]) for n in range(40))
    assert figures.reliability is None
    assert (figures.items[1].discrimination, figures.items[1].omitted) == (None, 40)


def test_no_paper_at_all_is_nothing_and_no_failure() -> None:
    figures = compute([])
    assert (figures.attempts, figures.mean, figures.deviation, figures.items) == (0, None, None, {})


def test_a_paper_of_which_nothing_counts_is_a_result_all_the_same() -> None:
    figures = compute([Sheet(40, False, [])])
    assert (figures.attempts, figures.mean, figures.items) == (1, 40, {})
