from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from cms.design.templatetags.dates import day, moment

pytestmark = pytest.mark.unit

LATE = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", '<time datetime="2026-11-22">2026 年 11 月 22 日</time>'),
        ("en", '<time datetime="2026-11-22">22 November 2026</time>'),
    ],
)
def test_a_day_is_written_as_its_language_writes_it(language: str, said: str) -> None:
    with translation.override(language):
        assert day(date(2026, 11, 22)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", '<time datetime="2026-11-23T00:30+08:00">2026 年 11 月 23 日 00:30，北京时间</time>'),
        ("en", '<time datetime="2026-11-23T00:30+08:00">23 November 2026 00:30, Beijing time</time>'),
    ],
)
def test_a_moment_names_the_zone_it_is_told_in(language: str, said: str) -> None:
    with translation.override(language):
        assert moment(LATE) == said


def test_the_day_of_a_moment_is_the_day_in_beijing() -> None:
    with translation.override("en"):
        assert day(LATE) == '<time datetime="2026-11-23">23 November 2026</time>'
