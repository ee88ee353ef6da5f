import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import IntervalReason, PartVerdict
from courses.services.judging import Allowance, Stretch, judge
from courses.services.spans import length, union

pytestmark = pytest.mark.unit

DECLARED = 120
DAY = 10**6
claims = st.lists(
    st.tuples(st.integers(0, 180), st.integers(1, 180)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=10
)


def running(earned: int, spent: int = 0, **more) -> Allowance:
    given = {"short": IntervalReason.AHEAD_OF_CLOCK, "day_left_s": DAY, **more}
    return Allowance(lived=(Stretch(earned),), spent_s=spent, **given)


def credit(sequence, earned: int) -> tuple[list[list[int]], int]:
    """Judge the claims one after the other under one lease; what is covered in the end, and what was spent."""
    covered: list[list[int]] = []
    spent = 0
    for claim in sequence:
        verdict = judge(claim, taken=covered, declared_s=DECLARED, allowance=running(earned, spent))
        covered = union(covered, verdict.accepted)
        spent += verdict.spent_s
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


lived = st.lists(st.tuples(st.integers(0, 90), st.sampled_from(PartVerdict)), max_size=4)


@given(claims.filter(bool), lived, st.integers(0, 200), st.integers(0, 100))
def test_every_claimed_second_has_one_verdict_and_none_is_refused_without_a_reason(
    sequence, lived, spent, room
) -> None:
    stretches = tuple(Stretch(s, v, "" if v == PartVerdict.CREDITED else "presence-due") for s, v in lived)
    allowance = Allowance(stretches, spent, IntervalReason.LEASE_OVER, room)
    start, end = sequence[0]
    verdict = judge((start, end), taken=[[10, 20]], declared_s=DECLARED, allowance=allowance)
    assert [part[0] for part in verdict.parts] == [start, *(part[1] for part in verdict.parts[:-1])]
    assert verdict.parts[-1][1] == end
    assert all((its == "credited") == (reason == "") for _start, _end, its, reason in verdict.parts)
    assert verdict.accepted_s <= room
    assert verdict.spent_s <= max(sum(s for s, _v in lived) - spent, 0)


CREDITED, REFUSED = "credited", "refused"


@pytest.mark.parametrize(
    ("claim", "taken", "allowance", "parts", "reason"),
    [
        pytest.param((0, 15), [], running(15), [[0, 15, CREDITED, ""]], "", id="all of it"),
        pytest.param(
            (0, 15),
            [],
            running(10),
            [[0, 10, CREDITED, ""], [10, 15, REFUSED, "ahead-of-clock"]],
            "ahead-of-clock",
            id="ahead of the clock",
        ),
        pytest.param(
            (0, 30),
            [],
            running(20, short=IntervalReason.LEASE_OVER),
            [[0, 20, CREDITED, ""], [20, 30, REFUSED, "lease-over"]],
            "lease-over",
            id="past the end of the lease",
        ),
        pytest.param(
            (5, 25),
            [[10, 15]],
            running(60),
            [[5, 10, CREDITED, ""], [10, 15, REFUSED, "already-counted"], [15, 25, CREDITED, ""]],
            "already-counted",
            id="counted in part",
        ),
        pytest.param(
            (110, 140),
            [],
            running(60),
            [[110, 120, CREDITED, ""], [120, 140, REFUSED, "declared-reached"]],
            "declared-reached",
            id="beyond",
        ),
        pytest.param(
            (0, 15),
            [],
            running(15, short=IntervalReason.TAKEN_OVER, taken_over=True),
            [[0, 15, CREDITED, ""]],
            "taken-over",
            id="taken over, but lived through",
        ),
        pytest.param(
            (0, 30),
            [],
            running(30, day_left_s=12),
            [[0, 12, CREDITED, ""], [12, 30, REFUSED, "daily-ceiling"]],
            "daily-ceiling",
            id="the day is full",
        ),
        pytest.param(
            (0, 30), [], running(30, closed="too-late"), [[0, 30, REFUSED, "too-late"]], "too-late", id="too late"
        ),
        pytest.param(
            (0, 40),
            [],
            Allowance(
                (Stretch(20), Stretch(10, PartVerdict.PENDING, "presence-due"), Stretch(10)),
                5,
                IntervalReason.AHEAD_OF_CLOCK,
                DAY,
            ),
            [
                [0, 15, CREDITED, ""],
                [15, 25, "pending", "presence-due"],
                [25, 35, CREDITED, ""],
                [35, 40, REFUSED, "ahead-of-clock"],
            ],
            "presence-due",
            id="across a question and its answer",
        ),
    ],
)
def test_each_claim_is_divided_with_a_reason(claim, taken, allowance, parts, reason) -> None:
    verdict = judge(claim, taken=taken, declared_s=DECLARED, allowance=allowance)
    assert (verdict.parts, verdict.reason) == (parts, reason)
