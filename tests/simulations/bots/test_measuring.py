"""Statistics on numbers one can check by hand."""

import pytest

from simulations.bots import measuring

pytestmark = pytest.mark.unit


def test_effect_is_the_gap_in_pooled_deviations():
    assert measuring.effect([3, 5], [1, 3]) == pytest.approx(2 / 2**0.5)


def test_two_policies_that_never_vary_are_apart_or_the_same():
    assert measuring.effect([5, 5], [3, 3]) == 99
    assert measuring.effect([3, 3], [3, 3]) == 0


def test_auc_counts_wins_and_half_of_ties():
    assert measuring.auc([2, 3], [1, 1]) == 1
    assert measuring.auc([1, 2], [1, 2]) == 0.5


def test_items_that_agree_give_alpha_one_and_strangers_none():
    assert measuring.alpha([[1, 1], [2, 2], [3, 3]]) == pytest.approx(1)
    assert measuring.alpha([[1, 0], [0, 1], [1, 1], [0, 0]]) == pytest.approx(0)


def test_an_item_is_compared_with_the_rest_without_itself():
    rows = [[1, 5, 0], [2, 4, 0], [3, 3, 0]]
    assert measuring.item_rest(rows, 0) == pytest.approx(-1)
    assert measuring.item_rest(rows, 2) == 0


def test_persons_who_repeat_themselves_are_measured_without_error():
    groups = [[10, 10, 10], [20, 20, 20], [30, 30, 30]]
    assert measuring.icc(groups, attempts=1) == 1
    assert measuring.sem(groups, attempts=1) == 0


def test_the_error_of_a_mean_of_three_is_smaller_by_the_root_of_three():
    groups = [[10, 12, 14], [20, 22, 24], [30, 32, 34]]
    assert measuring.sem(groups, attempts=1) == pytest.approx(2)
    assert measuring.sem(groups, attempts=3) == pytest.approx(2 / 3**0.5)
    assert measuring.icc(groups, attempts=3) > measuring.icc(groups, attempts=1) > 0.9


def test_persons_who_cannot_be_told_apart_have_no_agreement():
    assert measuring.icc([[1, 3], [3, 1], [2, 2]], attempts=1) == 0
