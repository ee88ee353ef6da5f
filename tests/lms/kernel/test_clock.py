from datetime import UTC, datetime, timedelta

import pytest

from lms.kernel.clock import held_at, now

pytestmark = pytest.mark.unit

START = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)


def test_the_open_door_gives_the_present_in_utc() -> None:
    assert now().utcoffset() == timedelta(0)


def test_a_held_clock_stands_still_until_it_is_moved() -> None:
    with held_at(START) as clock:
        assert (now(), now()) == (START, START)
        clock.advance(timedelta(minutes=45))
        assert now() == START + timedelta(minutes=45)


def test_the_clock_runs_again_after_the_story() -> None:
    with held_at(START):
        pass
    assert now() > START
