"""Histories and days at random: a window adds up exactly what a person with a calendar would."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.schemes.enums import FactKind
from lms.schemes.selectors.reading import evaluate
from lms.schemes.selectors.windows import Asked
from lms.schemes.validators import parse_tree
from tests.factories.schemes import leaf

pytestmark = pytest.mark.unit

# Moments to the second around both ends of every year of a leap cycle, and anywhere between.
_MOMENTS = st.integers(0, 7 * 365 * 86_400).map(
    lambda seconds: datetime(2023, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
) | st.builds(
    lambda year, seconds: datetime(year, 2, 28, 16, tzinfo=UTC) + timedelta(seconds=seconds),
    st.integers(2023, 2029),
    st.integers(-2, 2),
)
_POINTS = st.integers(1, 3000).map(lambda cents: Decimal(cents) / 100)
_HISTORY = st.lists(
    st.tuples(st.sampled_from(["contract", "match", "teaching", "exam"]), _POINTS, _MOMENTS, st.booleans()),
    max_size=10,
)
_DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))


def _facts(history) -> list[tuple[FactKind, str, Decimal, datetime]]:
    """What happened; a line taken back is taken back on the day to which it belongs."""
    found = []
    for ref, value, at, taken_back in history:
        found.append((FactKind.CONTRIBUTION, ref, value, at))
        if taken_back:
            found.append((FactKind.CONTRIBUTION, ref, -value, at))
    return sorted(found, key=lambda fact: fact[3])


def _day_in_beijing(at: datetime) -> date:
    return (at + timedelta(hours=8)).date()


def _naive(history, since: date, until: date, refs: tuple[str, ...] = ()) -> Decimal:
    return sum(
        (
            value
            for ref, value, at, taken_back in history
            if not taken_back and since <= _day_in_beijing(at) <= until and (not refs or ref in refs)
        ),
        Decimal(0),
    )


@settings(deadline=None)
@given(_HISTORY, _DAYS, st.integers(0, 1200))
def test_a_cycle_adds_up_what_happened_between_its_first_day_and_the_day_asked(history, on, days) -> None:
    since = on - timedelta(days=days)
    tree = parse_tree(leaf("x", fact="contribution", at_least="1", within="cycle"))
    found = evaluate(tree, _facts(history), Asked(on=on, cycle=since))
    assert found.reached == _naive(history, since, on)


@settings(deadline=None)
@given(_HISTORY, _DAYS, st.integers(1, 3))
def test_years_add_up_what_happened_since_the_day_after_the_same_date(history, on, years) -> None:
    then = date(on.year - years, on.month, min(on.day, 28) if on.month == 2 else on.day)
    tree = parse_tree(leaf("x", fact="contribution", at_least="1", within={"years": years}))
    found = evaluate(tree, _facts(history), Asked(on=on))
    since = then + timedelta(days=1)
    if (on.month, on.day) == (2, 29) and then.year % 4 == 0:  # there is a 29th that year too
        since = date(then.year, 3, 1)
    assert found.reached == _naive(history, since, on)


@settings(deadline=None)
@given(_HISTORY, _DAYS, st.integers(1, 100), st.integers(1, 60))
def test_practice_carries_the_rest_exactly_as_far_as_its_share(history, on, share, required) -> None:
    tree = parse_tree(
        leaf(
            "x",
            fact="contribution",
            at_least=str(required),
            within="cycle",
            share_of_practice_at_least=share,
            practice=["contract", "match"],
        )
    )
    since = date(2023, 1, 1)
    found = evaluate(tree, _facts(history), Asked(on=on, cycle=since))
    practice = _naive(history, since, on, ("contract", "match"))
    everything = _naive(history, since, on)
    # Rounded down to the hundredth, so that the share is never undercut.
    assert found.met == (everything >= required and found.reached >= required)
    assert practice * 100 >= share * min(found.reached, Decimal(required)) - share or not found.met
    assert found.reached <= everything
    if found.met:
        assert practice * 100 >= Decimal(required) * share - Decimal(share)
    if practice * 100 >= Decimal(required) * share + 100 and everything >= required + 1:
        assert found.met


@settings(deadline=None)
@given(_HISTORY, _DAYS, st.tuples(_POINTS, _MOMENTS))
def test_one_more_piece_of_teaching_never_loses_a_renewal(history, on, more) -> None:
    tree = parse_tree(
        leaf(
            "x",
            fact="contribution",
            at_least="20",
            within="cycle",
            share_of_practice_at_least=40,
            practice=["contract", "match"],
        )
    )
    asked = Asked(on=on, cycle=date(2023, 1, 1))
    before = evaluate(tree, _facts(history), asked)
    after = evaluate(tree, _facts([*history, ("teaching", *more, False)]), asked)
    assert after.reached >= before.reached
    assert after.met or not before.met
