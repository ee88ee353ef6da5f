from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.design.charts.words import ELLIPSIS, day, figure, full_day, month, shortened, width, wrapped, year_and_month

pytestmark = [pytest.mark.unit]

texts = st.text(st.sampled_from("科技成果评估Technology transfer（）2026 "), min_size=1, max_size=60)


@settings(deadline=None)
@given(texts, st.floats(40, 400), st.integers(1, 3))
def test_wrapped_words_stay_in_their_room(words, room, lines) -> None:
    found = wrapped(words, room, lines=lines)
    assert 1 <= len(found) <= lines
    assert all(width(line) <= room for line in found)


@settings(deadline=None)
@given(texts, st.floats(40, 400))
def test_only_what_does_not_fit_is_left_out(words, room) -> None:
    found = shortened(words, room)
    assert found == words or (found.endswith(ELLIPSIS) and width(words) > room)


def test_latin_words_break_at_spaces_and_chinese_anywhere() -> None:
    assert wrapped("Contract and registration", 100) == ["Contract and", "registration"]
    assert wrapped("科技成果价值评估", 60) == ["科技成果", "价值评估"]


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (0, "", "0"),
        (1234567, "", "1\u2009234\u2009567"),
        (Decimal("12.50"), "学时", "12.5 学时"),
        (-3, "", "−3"),
        (62, "%", "62%"),
        (-0.01, "", "0"),
    ],
)
def test_a_figure_has_thin_spaces_one_decimal_and_its_unit(value, unit, written) -> None:
    with override("de"):
        assert figure(value, unit) == written


def test_days_are_written_in_the_readers_language() -> None:
    from datetime import date

    when = date(2026, 3, 9)
    assert [say(when) for say in (day, month, year_and_month, full_day)] == [
        "3 月 9 日",
        "3 月",
        "2026 年 3 月",
        "2026 年 3 月 9 日",
    ]
    with override("en"):
        assert [say(when) for say in (day, month, year_and_month, full_day)] == [
            "9 Mar",
            "Mar",
            "Mar 2026",
            "9 Mar 2026",
        ]
