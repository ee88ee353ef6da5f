from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from lms.desks.selectors.work import days_left, entry
from lms.kernel.beijing import BEIJING
from tests.conftest import NOON

pytestmark = pytest.mark.unit


def _at(day: int, hour: int, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, 30, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("at", "zh", "en"),
    [
        (_at(22, 18), ("今天", "18:30"), ("Today", "18:30")),
        (_at(25, 9), ("星期三", "11 月 25 日 09:30"), ("Wednesday", "25 Nov 09:30")),
        (_at(29, 9), ("11 月 29 日", "星期日 09:30"), ("29 Nov", "Sunday 09:30")),
        (_at(20, 9), ("11 月 20 日", "星期五 09:30"), ("20 Nov", "Friday 09:30")),
        (_at(3, 9, 1, 2027), ("1 月 3 日", "星期日 09:30"), ("3 Jan", "Sunday 09:30")),
        (_at(3, 9, 12, 2027), ("12 月 3 日", "2027 年 星期五 09:30"), ("3 Dec", "2027 Friday 09:30")),
        (date(2026, 11, 22), ("今天", ""), ("Today", "")),
        (date(2026, 12, 31), ("12 月 31 日", "星期四"), ("31 Dec", "Thursday")),
    ],
)
def test_a_day_is_said_with_its_weekday_in_both_languages(at, zh, en) -> None:
    line = entry(at, "x", now=NOON)
    assert (line.day, line.time) == zh
    with translation.override("en"):
        line = entry(at, "x", now=NOON)
        assert (line.day, line.time) == en


def test_a_day_ends_at_midnight_in_beijing() -> None:
    assert entry(_at(22, 0), "x", now=NOON).day == "今天"
    assert entry(datetime(2026, 11, 22, 23, 59, tzinfo=BEIJING), "x", now=NOON).day == "今天"
    assert entry(date(2026, 11, 22), "x", now=NOON).at > NOON


@pytest.mark.parametrize(
    ("days", "said", "kind"), [(0, "今天到期", "warn"), (2, "还有 2 天", "warn"), (3, "还有 3 天", "")]
)
def test_what_is_left_is_said_in_days(days: int, said: str, kind: str) -> None:
    tag = days_left(NOON + timedelta(days=days), NOON)
    assert (tag.text, tag.kind) == (said, kind)


def test_one_day_is_said_in_english_as_one() -> None:
    with translation.override("en"):
        assert days_left(NOON + timedelta(days=1), NOON).text == "1 day left"
