from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.design.charts.scales import Scale, Slots, day_ticks, domain, spread, step, thinned, ticks

pytestmark = [pytest.mark.unit]

values = st.floats(-1e12, 1e12, allow_nan=False)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@settings(deadline=None)
@given(values, values, st.booleans())
def test_ticks_rise_and_hold_all_values(one, other, whole) -> None:
    low, high = domain([one, other], zero=False)
    found = ticks(low, high, whole=whole)

    assert found == sorted(set(found))
    assert len(found) >= 2
    slack = (high - low) * 1e-6
    assert found[0] <= low + slack
    assert found[-1] >= high - slack


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_counts_get_whole_ticks_and_not_many(most) -> None:
    found = ticks(0, max(most, 1), whole=True)
    assert all(value == int(value) for value in found)
    assert len(found) <= 7


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (0, 3, [0, 1, 2, 3]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-7, 12, [-10, -5, 0, 5, 10, 15]),
        (0.0013, 0.0019, [0.0012, 0.0014, 0.0016, 0.0018, 0.002]),
    ],
)
def test_ticks_stand_at_round_values(low, high, found) -> None:
    assert ticks(low, high) == pytest.approx(found)


@pytest.mark.parametrize(
    ("values", "zero", "found"),
    [
        ([], True, (0, 1)),
        ([5, 5], False, (2.5, 7.5)),
        ([5, 5], True, (0, 5)),
        ([-4], True, (-4, 0)),
        ([0], True, (0, 1)),
    ],
)
def test_a_domain_always_has_an_extent(values, zero, found) -> None:
    assert domain(values, zero=zero) == found


@settings(deadline=None)
@given(st.floats(0.001, 1e12), st.integers(1, 12))
def test_a_step_cuts_a_span_into_few_enough_pieces(span, most) -> None:
    assert span / step(span, most) <= most * (1 + 1e-6)


@settings(deadline=None)
@given(values, values, values, values)
def test_a_scale_keeps_the_order_of_values_and_its_edges(low, high, one, other) -> None:
    scale = Scale(min(low, high), max(low, high), 30, 320)
    assert 30 <= scale.at(one) <= 320
    assert one > other or scale.at(one) <= scale.at(other) + 1e-9


def test_what_lies_outside_is_set_down_on_the_edge() -> None:
    y = Scale(20, 100, 424, 14)
    assert (y.at(0), y.at(120)) == (424, 14)


def test_a_scale_of_one_value_divides_by_nothing() -> None:
    assert Scale(5, 5, 0, 10).at(5) == 0


def test_slots_have_middles_and_ends() -> None:
    assert [Slots(2, 0, 100).middle(n) for n in (0, 1)] == [25, 75]
    assert [Slots(3, 0, 100).along(n) for n in (0, 1, 2)] == [0, 50, 100]
    assert Slots(1, 0, 100).along(0) == 50


@settings(deadline=None)
@given(days, st.integers(0, 20_000), st.integers(2, 12))
def test_days_on_an_axis_rise_stay_within_and_are_few(first, span, most) -> None:
    last = min(first + timedelta(days=span), date(2150, 1, 1))
    found = day_ticks(first, last, most=most)

    assert found == sorted(set(found))
    assert all(first <= when <= last for when in found)
    assert len(found) <= most + 1


def test_weeks_are_told_by_their_mondays_and_months_by_their_firsts() -> None:
    weeks = day_ticks(date(2026, 11, 3), date(2026, 12, 10), most=6)
    assert {when.weekday() for when in weeks} == {0}
    months = day_ticks(date(2026, 1, 15), date(2026, 11, 22), most=6)
    assert [when.isoformat() for when in months] == [
        "2026-03-01",
        "2026-05-01",
        "2026-07-01",
        "2026-09-01",
        "2026-11-01",
    ]


@settings(deadline=None)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_names_that_end_together_are_moved_apart_in_their_order(places) -> None:
    found = spread(places, 17, 0, 200)
    ordered = [at for _place, at in sorted(zip(places, found, strict=True))]

    assert all(0 <= at <= 200 for at in found)
    assert all(later - earlier > 16.9 for earlier, later in pairwise(ordered))


@settings(deadline=None)
@given(st.integers(0, 200), st.floats(1, 100))
def test_labels_are_thinned_until_they_fit(count, widest) -> None:
    shown = thinned(count, 300, widest)
    assert len(shown) * widest <= 300 + widest
    assert not count or shown[0] == 0
