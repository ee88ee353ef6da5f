import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import IntervalReason
from courses.services.judging import Allowance, Verdict, judge
from courses.services.spans import length, union

pytestmark = pytest.mark.unit

DECLARED = 120
claims = st.lists(
    st.tuples(st.integers(0, 180), st.integers(1, 180)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=10
)


def running(earned: int, spent: int = 0) -> Allowance:
    return Allowance(earned_s=earned, spent_s=spent, running=True)


def credit(sequence, earned: int) -> tuple[list[list[int]], int]:
    """Judge the claims one after the other under one lease; what is covered in the end, and what was spent."""
    covered: list[list[int]] = []
    spent = 0
    for claim in sequence:
        verdict = judge(claim, covered=covered, declared_s=DECLARED, allowance=running(earned, spent))
        covered = union(covered, verdict.accepted)
        spent += verdict.accepted_s
    return covered, spent


@given(claims, st.integers(0, 300))
def test_credit_never_exceeds_the_wall_time_nor_the_declared_time(sequence, earned) -> None:
    covered, spent = credit(sequence, earned)
    assert spent == length(covered) <= min(earned, DECLARED)
    assert all(0 <= start < end <= DECLARED for start, end in covered)


@given(st.data(), claims, st.integers(0, 300))
def test_credit_depends_neither_on_order_nor_on_repetition(data, sequence, earned) -> None:
    again = data.draw(st.permutations(sequence + sequence))
    assert length(credit(again, earned)[0]) == length(credit(sequence, earned)[0])


@given(claims, st.integers(0, 300))
def test_what_is_covered_only_grows(sequence, earned) -> None:
    lengths = [length(credit(sequence[:n], earned)[0]) for n in range(len(sequence) + 1)]
    assert lengths == sorted(lengths)


@pytest.mark.parametrize(
    ("claim", "covered", "allowance", "verdict"),
    [
        pytest.param((0, 15), [], running(15), Verdict([[0, 15]], 0, ""), id="all of it"),
        pytest.param(
            (0, 15), [], running(10), Verdict([[0, 10]], 5, IntervalReason.AHEAD_OF_CLOCK), id="ahead of the clock"
        ),
        pytest.param(
            (0, 30),
            [],
            Allowance(earned_s=20, spent_s=0, running=False),
            Verdict([[0, 20]], 0, IntervalReason.LEASE_OVER),
            id="past the end of the lease",
        ),
        pytest.param(
            (0, 15), [[0, 60]], running(60), Verdict([], 0, IntervalReason.ALREADY_COUNTED), id="counted before"
        ),
        pytest.param(
            (5, 25),
            [[10, 15]],
            running(60),
            Verdict([[5, 10], [15, 25]], 0, IntervalReason.ALREADY_COUNTED),
            id="counted in part",
        ),
        pytest.param(
            (110, 140), [], running(60), Verdict([[110, 120]], 0, IntervalReason.DECLARED_REACHED), id="beyond"
        ),
        pytest.param(
            (0, 15),
            [],
            Allowance(earned_s=15, spent_s=0, running=False, taken_over=True),
            Verdict([[0, 15]], 0, IntervalReason.TAKEN_OVER),
            id="taken over, but lived through",
        ),
    ],
)
def test_each_claim_is_judged_with_a_reason(claim, covered, allowance, verdict) -> None:
    assert judge(claim, covered=covered, declared_s=DECLARED, allowance=allowance) == verdict
