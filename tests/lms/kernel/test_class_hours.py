from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.class_hours import to_class_hours

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(("minutes", "hours"), [(0, "0.00"), (44, "0.97"), (45, "1.00"), (50, "1.11"), (-45, "-1.00")])
def test_forty_five_minutes_are_one_class_hour(minutes: int, hours: str) -> None:
    assert to_class_hours(minutes) == Decimal(hours)


@given(st.integers(0, 10**6))
def test_class_hours_never_promise_more_than_was_studied(minutes: int) -> None:
    assert to_class_hours(minutes) * 45 <= minutes
