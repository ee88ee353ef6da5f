from datetime import UTC, date, datetime

import pytest

from lms.schemes.selectors.windows import Asked, NoCycle, Window, months_after, window_of, years_before
from lms.schemes.validators import parse_tree
from tests.factories.schemes import leaf

pytestmark = pytest.mark.unit


def _window(day: date, within: object, **asked: date) -> Window | None:
    tree = parse_tree(leaf("x", fact="contribution", at_least="1", **({"within": within} if within else {})))
    return window_of(tree, Asked(on=day, **asked))


@pytest.mark.parametrize(
    ("day", "years", "since"),
    [
        (date(2026, 11, 22), 3, date(2023, 11, 23)),
        (date(2028, 2, 29), 1, date(2027, 3, 1)),
        (date(2028, 2, 29), 4, date(2024, 3, 1)),
        (date(2029, 2, 28), 1, date(2028, 2, 29)),
        (date(2028, 3, 1), 1, date(2027, 3, 2)),
        (date(2026, 1, 1), 1, date(2025, 1, 2)),
    ],
)
def test_so_many_years_end_on_the_day_asked(day, years, since) -> None:
    assert _window(day, {"years": years}) == Window(since, day)


def test_a_window_of_years_is_as_long_as_they_are_on_every_day_of_a_leap_cycle() -> None:
    for ordinal in range(date(2027, 1, 1).toordinal(), date(2031, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        found = _window(day, {"years": 1})
        assert found is not None
        assert (day - found.since).days + 1 in (365, 366)
        assert found.since == date.fromordinal(years_before(day, 1).toordinal() + 1)


def test_a_cycle_begins_when_its_certificate_says_and_cannot_be_asked_without_one() -> None:
    assert _window(date(2026, 11, 22), "cycle", cycle=date(2024, 2, 1)) == Window(date(2024, 2, 1), date(2026, 11, 22))
    with pytest.raises(NoCycle):
        _window(date(2026, 11, 22), "cycle")


def test_anew_only_later_days_count_but_who_somebody_is_stays_known() -> None:
    asked = Asked(on=date(2026, 11, 22), anew=date(2026, 6, 1))
    hours = parse_tree(leaf("x", fact="class-hours", at_least="1"))
    known = parse_tree(leaf("x", fact="identity", at_least="1"))
    assert window_of(hours, asked) == Window(date(2026, 6, 1), date(2026, 11, 22))
    assert window_of(known, asked) is None


def test_a_window_turns_at_midnight_in_beijing() -> None:
    window = Window(date(2026, 1, 1), date(2026, 12, 31))
    assert not window.holds(datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC))
    assert window.holds(datetime(2025, 12, 31, 16, tzinfo=UTC))
    assert window.holds(datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC))
    assert not window.holds(datetime(2026, 12, 31, 16, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 19), -12, date(2026, 1, 19)),
        (date(2027, 1, 19), 12, date(2028, 1, 19)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2027, 12, 31), -1, date(2027, 11, 30)),
        (date(2027, 12, 31), 0, date(2027, 12, 31)),
    ],
)
def test_months_later_is_the_same_date_or_the_last_of_the_month(day, months, then) -> None:
    assert months_after(day, months) == then
