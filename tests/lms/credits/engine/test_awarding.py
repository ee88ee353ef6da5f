from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.credits.engine.awarding import NOTHING, NoMeasure, Step, award, base_of, percent_of_nth, split
from lms.credits.engine.rules import Kind, Rule
from lms.credits.selectors.rules import shipped_table

pytestmark = pytest.mark.unit

TABLE = shipped_table("2026-2")
CONTRACT, TEACHING = TABLE.rule("contract-registered"), TABLE.rule("teaching")
FREE = Kind()

figures = st.decimals(min_value="0.01", max_value="9999999999.99", places=2)
points = st.decimals(min_value="0.01", max_value="9999.99", places=2)
percents = st.decimals(min_value="0.01", max_value="100", places=2)
earning = st.sampled_from([rule for rule in TABLE.rules if rule.kind != "violation"])


@st.composite
def steps(draw: st.DrawFn) -> list[dict[str, Any]]:
    starts = sorted(draw(st.sets(st.integers(1, 30), max_size=3)))
    shares = sorted(draw(st.lists(st.integers(0, 100), min_size=len(starts), max_size=len(starts))), reverse=True)
    return [{"after": after, "percent": Decimal(percent)} for after, percent in zip(starts, shares, strict=True)]


@st.composite
def banded(draw: st.DrawFn) -> Rule:
    ends = sorted(draw(st.sets(figures, max_size=5)))
    given_points = sorted(draw(st.lists(points, min_size=len(ends) + 1, max_size=len(ends) + 1)))
    bands = [{"up_to": end, "points": given} for end, given in zip([*ends, None], given_points, strict=True)]
    entries = CONTRACT.model_dump() | {"bands": tuple(bands), "diminishing": tuple(draw(steps()))}
    return Rule.model_validate(entries)


def rated(rule: Rule, kind: Kind = FREE, **given_: Any) -> Any:
    known = {"measure": None, "percent": Decimal(100), "kind_points_in_year": NOTHING, "nth_in_year": 1}
    return award(rule, kind, **{**known, **given_})


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0.01", "5.00"),
        ("100000.00", "5.00"),
        ("100000.01", "10.00"),
        ("500000.00", "10.00"),
        ("2000000.00", "15.00"),
        ("10000000.00", "20.00"),
        ("10000000.01", "25.00"),
        ("9999999999.99", "25.00"),
    ],
)
def test_a_contract_is_rated_by_the_band_of_its_amount(amount: str, expected: str):
    assert rated(CONTRACT, measure=Decimal(amount)).points == Decimal(expected)


@pytest.mark.parametrize(
    ("hours", "expected"), [("1", "0.50"), ("1.99", "0.50"), ("3", "1.50"), ("8", "4.00"), ("9", "4.00")]
)
def test_teaching_is_rated_by_whole_class_hours_up_to_its_most(hours: str, expected: str):
    assert rated(TEACHING, measure=Decimal(hours)).points == Decimal(expected)


def test_every_step_is_told_in_its_order():
    made = rated(
        CONTRACT,
        Kind(cap_per_year=Decimal("80.00")),
        measure=Decimal(1_000_000),
        percent=Decimal("40.00"),
        nth_in_year=6,
        kind_points_in_year=Decimal("78.00"),
    )
    assert made.steps == (
        Step("band", Decimal("15.00"), Decimal("2000000.00")),
        Step("shared", Decimal("6.00"), Decimal("40.00")),
        Step("diminished", Decimal("3.00"), Decimal("50.00"), 6),
        Step("capped", Decimal("2.00"), Decimal("80.00")),
    )
    assert (made.base, made.points, made.held_back) == (Decimal("15.00"), Decimal("2.00"), Decimal("1.00"))


@pytest.mark.parametrize("nth", [1, 5, 6, 10, 11, 400])
def test_repetition_begins_after_its_count(nth: int):
    assert percent_of_nth(CONTRACT, nth) == (100 if nth <= 5 else 50 if nth <= 10 else 25)


@pytest.mark.parametrize("figure", [None, "0", "-1", "NaN", "Infinity"])
def test_without_a_figure_nothing_is_rated(figure: str | None):
    with pytest.raises(NoMeasure):
        base_of(CONTRACT, None if figure is None else Decimal(figure))


def test_a_violation_is_neither_lessened_nor_capped():
    made = rated(
        TABLE.rule("violation-grave"), Kind(cap_per_year=Decimal(1)), nth_in_year=9, kind_points_in_year=Decimal(-60)
    )
    assert (made.points, [step.what for step in made.steps]) == (Decimal("-20.00"), ["base"])


@settings(deadline=None)
@given(earning, figures, percents, points, st.decimals("-50", "12000", places=2), st.integers(1, 50))
def test_an_award_is_never_below_nothing_nor_above_the_cap(
    rule: Rule, measure: Decimal, percent: Decimal, cap: Decimal, before: Decimal, nth: int
):
    made = rated(
        rule, Kind(cap_per_year=cap), measure=measure, percent=percent, kind_points_in_year=before, nth_in_year=nth
    )
    assert made.points >= 0
    assert made.points + max(before, NOTHING) <= max(cap, before)
    assert made.points <= made.base
    assert made.points == made.steps[-1].points == made.points.quantize(Decimal("0.01"))


@settings(deadline=None)
@given(banded(), figures, figures, percents, st.integers(1, 40))
def test_a_larger_amount_never_earns_less(rule: Rule, one: Decimal, other: Decimal, percent: Decimal, nth: int):
    smaller, larger = sorted((one, other))
    by = {"percent": percent, "nth_in_year": nth}
    assert rated(rule, measure=smaller, **by).points <= rated(rule, measure=larger, **by).points


@settings(deadline=None)
@given(banded(), figures, st.integers(1, 40))
def test_the_next_of_a_year_never_earns_more(rule: Rule, measure: Decimal, nth: int):
    assert (
        rated(rule, measure=measure, nth_in_year=nth + 1).points <= rated(rule, measure=measure, nth_in_year=nth).points
    )


@settings(deadline=None)
@given(banded(), figures)
def test_bands_have_no_gap(rule: Rule, measure: Decimal):
    assert base_of(rule, measure).points in {band.points for band in rule.bands}


@settings(deadline=None)
@given(points, st.lists(percents, min_size=1, max_size=12))
def test_parts_come_to_exactly_the_whole(total: Decimal, weights: list[Decimal]):
    parts = split(total, weights)
    assert sum(parts) == total
    fair = [total * weight / sum(weights) for weight in weights]
    assert all(abs(part - exact) < Decimal("0.01") for part, exact in zip(parts, fair, strict=True))


@settings(deadline=None)
@given(points, st.lists(percents, min_size=2, max_size=6))
def test_a_larger_share_never_gets_less(total: Decimal, weights: list[Decimal]):
    paired = sorted(zip(weights, split(total, weights), strict=True))
    assert [part for _weight, part in paired] == sorted(part for _weight, part in paired)


@pytest.mark.parametrize("weights", [[], [Decimal(0)], [Decimal(-1), Decimal(2)]])
def test_weights_that_come_to_nothing_split_nothing(weights: list[Decimal]):
    with pytest.raises(ValueError, match="weights"):
        split(Decimal(1), weights)


def test_a_share_given_is_taken_as_it_is():
    third = split(Decimal("10.00"), [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")])
    assert third == [Decimal("3.33"), Decimal("3.33"), Decimal("3.34")]
    made = rated(CONTRACT, measure=Decimal(500_000), percent=Decimal("33.34"), share=third[2])
    assert (made.points, made.base) == (Decimal("3.34"), Decimal("10.00"))
