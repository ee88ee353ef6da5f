import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from simulations.views.charts.scale import Scale, dots, place, polyline, staircase

pytestmark = [pytest.mark.unit]


@pytest.mark.parametrize(("number", "written"), [(1, "1"), (1.25, "1.2"), (-0.01, "0"), (12.34, "12.3"), (0, "0")])
def test_a_place_is_written_to_one_tenth(number, written) -> None:
    with override("de"):
        assert place(number) == written


@settings(deadline=None)
@given(st.floats(0, 100), st.floats(0, 100))
def test_a_scale_keeps_the_order_of_values(low, high) -> None:
    x = Scale(0, 100, 30, 320)
    assert (x.at(low) <= x.at(high)) or low > high


def test_what_lies_outside_is_set_down_on_the_edge() -> None:
    y = Scale(20, 100, 424, 14)
    assert (y.at(0), y.at(120)) == (424, 14)


def test_a_scale_of_one_value_divides_by_nothing() -> None:
    assert Scale(5, 5, 0, 10).at(5) == 0


def test_paths_are_made_of_places_only() -> None:
    points = [(0, 0), (1.5, 2.25)]
    assert polyline(points) == "M0 0L1.5 2.2"
    assert staircase(points) == "M0 0H1.5V2.2"
    assert dots(points) == "M0 0h.01M1.5 2.2h.01"
