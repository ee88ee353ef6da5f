from decimal import Decimal

import pytest
from django.utils import translation

from lms.credits.selectors.claim_points import asks, foreseen, gives
from lms.credits.selectors.rules import shipped_table

pytestmark = pytest.mark.unit
TABLE = shipped_table("2026-2")


def told(code: str, measure: str | None, *percents: str):
    rule = TABLE.rule(code)
    figure = Decimal(measure) if measure else None
    return foreseen(rule, TABLE.kind(rule.kind), figure, [Decimal(each) for each in percents])


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("demand-filed", "1.00 分", "1.00 points"),
        ("contract-registered", "5.00 至 25.00 分，按金额分档", "5.00 to 25.00 points, by amount"),
        ("mentoring", "每学时 0.20 分，最多 2.00 分", "0.20 points for each class hour, at most 2.00"),
    ],
)
def test_what_a_rule_gives_is_said_in_a_few_words(code, zh, en) -> None:
    with translation.override("zh-hans"):
        assert gives(TABLE.rule(code)) == zh
    with translation.override("en"):
        assert gives(TABLE.rule(code)) == en


def test_what_a_rule_asks_for_is_named() -> None:
    with translation.override("zh-hans"):
        assert asks(TABLE.rule("mentoring")) == "至少 1 份文件；带的是谁、学时、做了哪些实务"
    with translation.override("en"):
        assert asks(TABLE.rule("mentoring")) == "at least 1 file; Whom you guided, Class hours, What work was done"


def test_the_points_foreseen_are_those_of_the_band_cut_to_the_hundredth() -> None:
    with translation.override("zh-hans"):
        seen = told("contract-registered", "100000.01", "33.34", "33.33", "33.33")
    assert (seen.whole, seen.cap) == (Decimal("10.00"), Decimal("80.00"))
    assert seen.shares == (Decimal("3.34"), Decimal("3.33"), Decimal("3.33"))
    assert seen.band == "500,000.00 元以下一档"
    with translation.override("zh-hans"):
        assert told("contract-registered", "10000000.01").band == "10,000,000.00 元以上一档"


def test_without_the_figure_nothing_is_foreseen() -> None:
    assert told("contract-registered", None, "100") is None
    assert told("demand-filed", None, "100").whole == Decimal("1.00")
