"""What the page says about a reward, in both languages."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from lms.credits.engine.pools.days import Days
from lms.credits.engine.pools.plans import Plan
from lms.credits.engine.pools.statutes import Way
from lms.credits.selectors.pool_results import Told, told
from tests.factories.credit_pools import DAY, make_deal

pytestmark = pytest.mark.unit


def one(place: str, on: date = DAY, way: Way = Way.TRANSFER, **shares: str) -> Told:
    plan = Plan(place, on, **{name: Decimal(share) for name, share in shares.items()})
    (found,) = told(make_deal(way=way, years=2), [plan])
    return found


def sentences(place: str, on: date = DAY, way: Way = Way.TRANSFER, **shares: str) -> list[str]:
    return [note.words for note in one(place, on, way, **shares).notes]


def test_a_scenario_names_its_place_its_day_and_as_of_when_its_rules_are_known() -> None:
    found = one("CN-ZJ")
    assert (found.place, found.on, found.as_of, found.base, found.pool) == (
        "浙江",
        DAY,
        "2025-04",
        "940,000.00",
        "658,000.00",
    )
    assert [(row.label, row.amount, row.share) for row in found.rows] == [
        ("主要贡献人员", "460,600.00", "49"),
        ("转移转化人员", "32,900.00", "3.5"),
        ("其他受奖人员", "164,500.00", "17.5"),
        ("单位", "282,000.00", "30"),
    ]


def test_the_pieces_of_the_bar_lie_end_to_end_and_fill_it() -> None:
    bar = one("CN-SD", office="10", owners="20").bar
    assert [piece.start for piece in bar[1:]] == [piece.start + piece.width for piece in bar[:-1]]
    assert abs(bar[-1].start + bar[-1].width - 1000) < Decimal("0.1")


def test_a_broken_floor_is_told_with_its_article_in_both_languages() -> None:
    breach = one("CN-ZJ", staff="3").notes[0]
    assert (breach.words, breach.breach, breach.heard, breach.basis, breach.known, breach.since) == (
        "转移转化人员得奖励总额的 3%，规定不低于 5%。",
        True,
        False,
        "《浙江省促进科技成果转化条例》第三十七条",
        "已读原文",
        "2021-09-29",
    )
    with translation.override("en"):
        english = one("CN-ZJ", staff="3").notes[0]
    assert english.words == "The transfer staff get 3% of the pool; at least 5% is asked for."
    assert english.basis.endswith("art. 37")


def test_hearsay_never_passes_as_law() -> None:
    heard = {note.basis: note.known for note in one("CN", main="30").notes if note.heard}
    assert heard == {"国发〔2016〕16 号": "据转述，未对照原文"}
    assert one("NANKAI").sort == "一家单位自定的办法，据转述，不是法律规定。"
    assert one("MIT").sort == "仅供对照，未核实，在国内不是法律规定。"
    assert one("CN").sort == ""


@pytest.mark.parametrize(
    ("place", "on", "way", "shares", "words"),
    [
        ("CN-ZJ", date(2020, 1, 1), Way.TRANSFER, {}, "浙江：收录的规则自 2021 年 9 月 29 日起施行；"),
        (
            "CN",
            date(2010, 1, 1),
            Way.TRANSFER,
            {"pool": "20"},
            "全国：所选日期没有收录规则，最早的自 2015 年 10 月 1 日",
        ),
        ("CN", date(2016, 5, 1), Way.TRANSFER, {}, "这条规则的施行日期只知道是 2016，因此只作提示，不参与计算。"),
        ("CN-BJ", DAY, Way.TRANSFER, {"pool": "55"}, "奖励总额为 55%；单位可以给到 70% 以上，并非必须。"),
        ("CN", DAY, Way.OWN_USE, {}, "奖励提取 2 年，规定为 3 至 5 年。"),
        ("CN-SD", DAY, Way.TRANSFER, {}, "转化机构得净收入的 0%；单位可以给到 10% 以上。"),
        ("MIT", DAY, Way.TRANSFER, {"pool": "70"}, "这里按公式分配，填入的比例不起作用。"),
        ("CN-ZJ", DAY, Way.TRANSFER, {"owners": "70"}, "完成人取得部分权属，不再参与分配。"),
        ("CN", DAY, Way.TRANSFER, {"owners": "70"}, "这里没有收录以权属代替奖励的规则，数字只用于估算。"),
    ],
)
def test_everything_that_should_be_known_is_said(
    place: str, on: date, way: Way, shares: dict[str, str], words: str
) -> None:
    assert any(said.startswith(words) for said in sentences(place, on, way, **shares))


@pytest.mark.parametrize(
    ("changed", "shares", "words"),
    [
        ({"costs": "1000000.01"}, {}, "没有可分的余额：收入扣除成本和税费后为 −0.01 元。"),
        ({"public_money": "60001"}, {}, "成本中的财政经费不能多于成本本身。"),
        ({}, {"pool": "101"}, "分出去的超过 100%：奖励总额与转化机构合计，或者给予的权属。"),
        ({}, {"main": "70", "staff": "31"}, "奖励总额内部分出去的超过 100%。"),
    ],
)
def test_what_cannot_be_worked_out_is_said_plainly(changed: dict[str, str], shares: dict[str, str], words: str) -> None:
    deal = replace(make_deal(), **{name: Decimal(value) for name, value in changed.items()})
    (found,) = told(deal, [Plan("CN", DAY, **{name: Decimal(share) for name, share in shares.items()})])
    assert (found.fault, found.rows, found.bar) == (words, (), ())


def test_days_of_notice_and_payment_stand_only_where_a_rule_asks_for_them() -> None:
    days = Days(posted_on=date(2026, 11, 1), received_on=date(2026, 8, 31), paid_on=date(2026, 11, 10))
    national, zhejiang = told(make_deal(days=days), [Plan("CN", DAY), Plan("CN-ZJ", DAY)])
    assert (national.posted_until, national.pay_until) == (None, None)
    assert (zhejiang.posted_until, zhejiang.pay_until) == (date(2026, 11, 16), date(2027, 2, 28))
    assert zhejiang.notes[0].words == "公示期内就发放：方案须公示到 2026 年 11 月 16 日当天结束。"
