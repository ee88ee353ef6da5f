from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.services.spans import first, length, union, without

pytestmark = pytest.mark.unit

pairs = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=8)


def seconds(spans) -> set[int]:
    return {second for start, end in spans for second in range(start, end)}


def test_touching_stretches_are_one() -> None:
    assert union([[0, 15]], [[15, 30], [40, 50]]) == [[0, 30], [40, 50]]


@given(pairs, pairs)
def test_a_union_holds_what_either_holds_and_is_sorted_and_disjoint(one, other) -> None:
    joined = union(one, other)
    assert seconds(joined) == seconds(one) | seconds(other)
    assert all(a[1] < b[0] for a, b in pairwise(joined))
    assert length(joined) == len(seconds(joined))


@given(st.integers(0, 60), st.integers(0, 60), pairs)
def test_what_is_without_the_taken_is_the_rest(start, end, taken) -> None:
    assert seconds(without(start, end, union(taken))) == seconds([[start, end]]) - seconds(taken)


@given(pairs, st.integers(0, 90))
def test_the_first_seconds_are_the_earliest(spans, count) -> None:
    whole = union(spans)
    assert sorted(seconds(first(whole, count))) == sorted(seconds(whole))[:count]
