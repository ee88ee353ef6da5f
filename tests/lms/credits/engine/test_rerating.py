from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.credits.engine.awarding import NOTHING, award, base_of, split
from lms.credits.engine.reading import dump_table, read_table
from lms.credits.engine.rerating import Piece, rerate
from lms.credits.engine.rules import RuleTable
from lms.credits.selectors.rules import shipped_table

pytestmark = pytest.mark.unit

TABLE = shipped_table("2026-2")
D = Decimal
MEASURES = [D(text) for text in ("0.01", "0.99", "1", "7.5", "40", "100000.00", "100000.01", "2000000", "20000000.55")]


def changed(**kinds: dict[str, Any]) -> RuleTable:
    data = dump_table(TABLE)
    return read_table({**data, "kinds": {**data["kinds"], **kinds}})


def contract(n: int, before: str, amount: str = "300000", **given_: Any) -> Piece:
    return Piece(f"c:{n}", "contract-registered", "contract", 2026, D(before), measure=D(amount), **given_)


@st.composite
def posted(draw: st.DrawFn) -> list[Piece]:
    """Pieces as they would have been posted one after the other under the shipped table."""
    pieces: list[Piece] = []
    points: dict[tuple[str, int], Decimal] = {}
    times: dict[tuple[str, int], int] = {}
    for n in range(draw(st.integers(0, 12))):
        rule = draw(st.sampled_from(TABLE.rules))
        year = draw(st.sampled_from([2025, 2026]))
        measure = draw(st.sampled_from(MEASURES)) if rule.measure else None
        percents = draw(st.sampled_from([(D(100),), (D("33.33"), D("66.67")), (D(50), D(25), D(25))]))
        mine = draw(st.integers(0, len(percents) - 1))
        made = award(
            rule,
            TABLE.kind(rule.kind),
            measure=measure,
            percent=percents[mine],
            kind_points_in_year=points.get((rule.kind, year), NOTHING),
            nth_in_year=times.get((rule.code, year), 0) + 1,
            share=split(base_of(rule, measure).points, list(percents))[mine],
        ).points
        points[rule.kind, year] = points.get((rule.kind, year), NOTHING) + made
        times[rule.code, year] = times.get((rule.code, year), 0) + bool(made)
        pieces.append(Piece(f"s:{n}", rule.code, rule.kind, year, made, measure=measure, percents=percents, mine=mine))
    return pieces


@settings(deadline=None)  # a busy machine is no fault
@given(posted())
def test_by_the_same_table_nothing_changes(pieces: list[Piece]):
    assert [each.gain for each in rerate(pieces, TABLE)] == [NOTHING] * len(pieces)


@settings(deadline=None)
@given(posted(), st.decimals("0.01", "60", places=2))
def test_by_another_table_caps_are_kept_again(pieces: list[Piece], cap: Decimal):
    table = changed(contract={"cap_per_year": cap, "valid_years": 3})
    sums: dict[int, Decimal] = {}
    for each in rerate(pieces, table):
        if each.piece.kind == "contract":
            sums[each.piece.year] = sums.get(each.piece.year, NOTHING) + each.after
    assert all(points <= cap for points in sums.values())


def test_a_lower_cap_takes_from_the_last():
    table = changed(contract={"cap_per_year": "25.00", "valid_years": 3})
    done = list(rerate([contract(n, "10.00") for n in range(4)], table))
    assert [(each.after, each.why) for each in done] == [
        (D("10.00"), "band"),
        (D("10.00"), "band"),
        (D("5.00"), "capped"),
        (D("0.00"), "capped"),
    ]


def test_what_the_old_cap_held_back_is_found_by_a_higher_one():
    table = changed(contract={"cap_per_year": "100.00", "valid_years": 3})
    done = list(rerate([contract(0, "10.00"), contract(1, "0.00")], table))
    assert [each.gain for each in done] == [NOTHING, D("10.00")]


def test_what_stands_as_it_is_still_fills_the_cap():
    table = changed(contract={"cap_per_year": "25.00", "valid_years": 3})
    done = list(rerate([contract(0, "20.00", fixed=True), contract(1, "10.00")], table))
    assert [(each.after, each.why) for each in done] == [(D("20.00"), "same"), (D("5.00"), "capped")]


def test_a_rule_that_is_gone_gives_nothing():
    done = list(rerate([replace(contract(0, "10.00"), rule="contract-signed")], TABLE))
    assert [(each.after, each.why) for each in done] == [(NOTHING, "gone")]


def test_what_was_not_asked_then_is_left_as_it_stands():
    done = list(rerate([replace(contract(0, "7.00"), measure=None)], TABLE))
    assert [(each.after, each.why) for each in done] == [(D("7.00"), "no-measure")]
