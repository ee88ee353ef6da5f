from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.marking.enums import OutcomeRule
from lms.marking.selectors.verdicts import Need, Rules, Verdict, verdict_of

pytestmark = pytest.mark.unit

TWO = Rules(2, Decimal(20))
ONE = Rules(1, Decimal(20))
TWENTY = Decimal(20)
points = st.decimals(0, 20, places=2)


def of(*marks: int | str | None, rules: Rules = TWO) -> Verdict:
    given = {place: Decimal(mark) for place, mark in enumerate(marks, start=1) if mark is not None}
    return verdict_of(given, rules, TWENTY)


def test_one_marker_is_enough_where_the_round_says_so() -> None:
    assert of(13, rules=ONE) == Verdict(Decimal(13), OutcomeRule.SINGLE, (1,))


@pytest.mark.parametrize("marks", [(), (13,), (None, 13)])
def test_two_markers_are_waited_for(marks: tuple[int | None, ...]) -> None:
    assert of(*marks) == Verdict(need=Need.MARKS)


def test_two_marks_within_the_gap_give_their_mean() -> None:
    assert of(12, 16) == Verdict(Decimal("14.00"), OutcomeRule.MEAN, (1, 2))


def test_a_hair_beyond_the_gap_calls_a_third_marker() -> None:
    assert of(12, "16.01") == Verdict(need=Need.THIRD_MARKER)


def test_of_three_the_two_nearest_give_the_mean() -> None:
    assert of(4, 16, 14) == Verdict(Decimal("15.00"), OutcomeRule.NEAREST, (2, 3))
    assert of(16, 4, 6) == Verdict(Decimal("5.00"), OutcomeRule.NEAREST, (2, 3))


def test_a_third_mark_half_way_between_stands_itself() -> None:
    assert of(8, 14, 11) == Verdict(Decimal(11), OutcomeRule.NEAREST, (1, 2, 3))


def test_three_marks_far_apart_are_for_the_lead() -> None:
    assert of(0, 20, 10) == Verdict(need=Need.LEAD)


def test_two_who_come_to_agree_need_the_third_no_more() -> None:
    assert of(14, 16, 2) == Verdict(Decimal("15.00"), OutcomeRule.MEAN, (1, 2))


def test_a_mean_is_rounded_half_up_to_hundredths() -> None:
    assert of("12.00", "12.01").points == Decimal("12.01")


@given(points, points, points)
def test_points_lie_between_marks_and_do_not_depend_on_who_gave_them(a: Decimal, b: Decimal, c: Decimal) -> None:
    verdict = verdict_of({1: a, 2: b, 3: c}, TWO, TWENTY)
    assert verdict.points == verdict_of({1: b, 2: a, 3: c}, TWO, TWENTY).points
    if verdict.points is not None:
        assert min(a, b, c) <= verdict.points <= max(a, b, c) + Decimal("0.005")
    else:
        assert verdict.need == Need.LEAD
        assert all(not TWO.within(one, other, TWENTY) for one, other in ((a, b), (b, c), (a, c)))
