from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.credits.selectors.rules import shipped_table
from lms.credits.selectors.stars import grade

pytestmark = pytest.mark.unit

POINTS = st.decimals(min_value="-50", max_value="9999", places=2)


def test_a_grade_begins_at_its_threshold_and_not_a_hundredth_before() -> None:
    table = shipped_table("2026-2")
    second = table.stars[1]
    assert grade(table, second.points).stars == second.stars
    just_under = grade(table, second.points - Decimal("0.01"))
    assert (just_under.stars, just_under.next_stars, just_under.missing) == (1, 2, Decimal("0.01"))


def test_the_highest_grade_misses_nothing() -> None:
    table = shipped_table("2026-2")
    top = grade(table, Decimal(9999))
    assert (top.stars, top.next_stars, top.missing) == (top.highest, None, Decimal("0.00"))
    assert all(reached for _step, reached in top.rows)


@given(POINTS)
def test_what_is_missing_is_just_enough_for_the_next_grade(points: Decimal) -> None:
    table = shipped_table("2026-2")
    found = grade(table, points)
    if found.next_stars:
        assert grade(table, points + found.missing).stars == found.next_stars
        assert grade(table, points + found.missing - Decimal("0.01")).stars == found.stars
