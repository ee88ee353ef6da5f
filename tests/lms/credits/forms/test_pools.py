"""What people may type, and what they are told about the rest."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lms.credits.engine.pools.plans import Plan, Sharer
from lms.credits.forms.pools import PoolForms, empty

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 22)
GOOD = {"title": "转让", "way": "transfer", "value": "1000000", "s1-place": "CN", "s1-on": "2026-11-22"}


def entered(**changed: str) -> PoolForms:
    return PoolForms({**GOOD, **changed}, today=TODAY, initial=empty(TODAY))


def fault(name: str, **changed: str) -> str:
    forms = entered(**changed)
    assert not forms.is_valid()
    form = forms.plan_forms[int(name[1]) - 1] if name.startswith("s") and name[1].isdigit() else forms.deal_form
    return " ".join(form.errors[name.rpartition("-")[2]])


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1000000", "1000000"),
        ("1,000,000.50", "1000000.50"),
        ("１，０００．５", "1000.5"),
        (" 0 ", "0"),
        ("9999999999.99", "9999999999.99"),
    ],
)
def test_a_figure_is_read_as_people_write_it(typed: str, value: str) -> None:
    forms = entered(value=typed)
    assert forms.is_valid()
    assert forms.deal_form.deal.value == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["NaN", "sNaN", "Infinity", "-Infinity", "1e5", "1.234", "1_000", "0x10", "一百", "--1", "."]
)
def test_what_is_no_plain_figure_is_refused_in_words(typed: str) -> None:
    assert fault("value", value=typed) == "请写成 1234.56 这样的数字，小数点后至多两位。"


@pytest.mark.parametrize(
    ("typed", "words"),
    [("-0.01", "这里的数字不能小于零。"), ("10000000000", "这里的数字至多为 9,999,999,999.99。")],
)
def test_a_figure_that_cannot_be_is_refused_in_words(typed: str, words: str) -> None:
    assert fault("value", value=typed) == words
    assert fault("costs", costs=typed) == words


def test_a_share_below_a_floor_or_over_a_hundred_is_taken_and_left_to_the_engine() -> None:
    forms = entered(**{"s1-pool": "150", "s1-main": "3%", "s1-staff": "０．５"})
    assert forms.is_valid()
    assert forms.plans == [Plan("CN", TODAY, pool=Decimal(150), main=Decimal(3), staff=Decimal("0.5"))]
    assert fault("s1-pool", **{"s1-pool": "1000"}) == "这里的数字至多为 999.99。"
    assert fault("s1-pool", **{"s1-pool": "-1"}) == "这里的数字不能小于零。"


def test_people_are_read_line_by_line_as_typed_or_copied_from_a_table() -> None:
    forms = entered(staff="张三 12.5\n\n李四\t7.25\nWang Xiaoming, 3\n欧阳静姝，1,000.00\n")
    assert forms.is_valid()
    assert forms.deal_form.deal.staff == (
        Sharer("张三", Decimal("12.5")),
        Sharer("李四", Decimal("7.25")),
        Sharer("Wang Xiaoming", Decimal(3)),
        Sharer("欧阳静姝", Decimal(1000)),
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("张三 1\n李四", "第 2 行：请写姓名和权重，例如：张三 12.50"),
        ("张三 NaN", "第 1 行：请写成 1234.56 这样的数字，小数点后至多两位。"),
        ("张三 -1", "第 1 行：这里的数字不能小于零。"),
        ("张三 10000", "第 1 行：这里的数字至多为 9,999.99。"),
        ("张" * 61 + " 1", "第 1 行：姓名至多 60 个字。"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(typed: str, words: str) -> None:
    assert fault("staff", staff=typed) == words


def test_more_than_fifty_people_are_refused_in_one_list_or_in_both() -> None:
    many = "\n".join(f"第{number}人 1" for number in range(26))
    assert entered(staff=many, main=many.replace("\n第25人 1", "").replace("\n第24人 1", "")).is_valid()
    assert fault("__all__", staff=many, main=many) == "这里最多由 50 人分配。"
    assert fault("staff", staff=f"{many}\n{many}") == "这里最多由 50 人分配。"


def test_own_use_asks_for_how_many_years() -> None:
    assert fault("years", way="own-use") == "请填写奖励提取多少年。"
    assert entered(way="own-use", years="4").is_valid()
    assert not entered(way="own-use", years="0").is_valid()


@pytest.mark.parametrize("day", ["1984-12-31", "2101-01-01", "2026-02-30", "gone"])
def test_a_day_that_cannot_be_is_refused(day: str) -> None:
    assert fault("s1-on", **{"s1-on": day})
    assert fault("posted_on", posted_on=day)


def test_one_scenario_is_wanted_and_one_without_a_day_is_of_today() -> None:
    assert fault("s1-place", **{"s1-place": ""}) == "请选择第一种方案适用哪里的规则。"
    forms = entered(**{"s1-on": "", "s3-place": "CN-ZJ"})
    assert forms.is_valid()
    assert forms.plans == [Plan("CN", TODAY), Plan("CN-ZJ", TODAY)]
    assert fault("s2-place", **{"s2-place": "XX"})


def test_an_empty_form_begins_with_two_rules_to_compare() -> None:
    shown: list[Any] = [form["place"].value() for form in PoolForms(None, today=TODAY, initial=empty(TODAY)).plan_forms]
    assert shown == ["CN", "CN-ZJ", None, None]


def test_an_endless_line_is_answered_at_once() -> None:
    assert fault("staff", staff="，" * 7000 + "x").startswith("第 1 行")
    assert fault("staff", staff="张三 " * 2000 + "1") == "第 1 行：姓名至多 60 个字。"
