import pytest

from simulations.views.charts import pareto
from simulations.views.charts.pareto import NARROW, WIDE, Land, Offer, Side
from simulations.views.charts.scale import place

pytestmark = [pytest.mark.unit]

A, B = Side("Buyer", 45), Side("Seller", 60)
LAND = Land(cloud=[(50, 50), (5, 5)], frontier=[(40, 98), (70, 90), (95, 60)], nash=(80, 80))


def test_right_is_more_for_one_and_up_is_more_for_the_other() -> None:
    plot = pareto.draw(A, B, LAND, [Offer("1", 50, 50), Offer("2", 80, 80)], WIDE)

    first, second = plot.discs
    assert float(second.x) > float(first.x)
    assert float(second.y) < float(first.y)


def test_the_field_where_both_would_sign_begins_at_the_walk_aways() -> None:
    plot = pareto.draw(A, B, LAND, [], WIDE)

    x, top, width, height = (float(each) for each in plot.zone)
    assert top == WIDE.top
    assert x + width == pytest.approx(WIDE.right, abs=0.2)
    assert plot.walks == [
        f"M{plot.zone[0]} {WIDE.bottom}V{WIDE.top}",
        f"M{WIDE.left} {place(top + height)}H{WIDE.right}",
    ]


def test_an_offer_is_never_off_the_sheet_even_far_below_the_walk_aways() -> None:
    plot = pareto.draw(A, B, LAND, [Offer("1", 2, 1)], NARROW)

    disc = plot.discs[0]
    assert NARROW.left <= float(disc.x) <= NARROW.right
    assert NARROW.top <= float(disc.y) <= NARROW.bottom


def test_outcomes_far_below_are_left_out_rather_than_pressed_to_the_edge() -> None:
    assert pareto.draw(A, B, LAND, [], WIDE).cloud.count("M") == 1


def test_the_way_leads_through_one_package_a_round() -> None:
    offers = [Offer("1", 50, 50), Offer("2A", 60, 60, on_path=False), Offer("2B", 70, 80, is_deal=True)]
    plot = pareto.draw(A, B, LAND, offers, WIDE)

    assert plot.path.count("L") == 1
    assert [disc.is_deal for disc in plot.discs] == [False, False, True]


def test_one_offer_makes_no_way_and_no_offer_makes_no_disc() -> None:
    assert pareto.draw(A, B, LAND, [Offer("1", 50, 50)], WIDE).path == ""
    assert pareto.draw(A, B, LAND, [], WIDE).discs == []


def test_the_axes_are_titled_in_the_words_of_the_reader() -> None:
    for sheet in (WIDE, NARROW):
        titles = " ".join(mark.text for mark in pareto.draw(A, B, LAND, [], sheet).marks)
        assert "Buyer" in titles
        assert "Seller" in titles
