"""The worked table of rewards, row by row, and everything that a plan can run into."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.credits.engine.pools.checking import Remark
from lms.credits.engine.pools.plans import MOST_MONEY, NOUGHT, Deal, Plan, Sharer
from lms.credits.engine.pools.statutes import Way
from lms.credits.engine.pools.working import Fault, Outcome, Part, work_out
from lms.credits.selectors.pools import statute_book

pytestmark = pytest.mark.unit

BOOK = statute_book()
TODAY = date(2026, 11, 22)
MILLION = Deal(Way.TRANSFER, Decimal(1_000_000), costs=Decimal(50_000), taxes=Decimal(10_000))


def worked(statute: str, deal: Deal = MILLION, on: date = TODAY, **entered: str) -> Outcome:
    return work_out(deal, Plan(statute, on, **{name: Decimal(value) for name, value in entered.items()}), BOOK)


def amounts(outcome: Outcome) -> dict[str, str]:
    return {part.value: f"{amount:.2f}" for part, amount in outcome.parts}


def broken(outcome: Outcome) -> list[str]:
    return [finding.provision.code for finding in outcome.findings if finding.breach and finding.provision]


def told(outcome: Outcome) -> list[tuple[Remark, str | None]]:
    return [(finding.remark, finding.provision and finding.provision.code) for finding in outcome.findings]


# The table: a contract of 1,000,000 with 60,000 of costs and taxes leaves 940,000 net.


def test_the_national_rule_leaves_470_000_to_the_pool_and_half_of_it_to_the_main_contributors() -> None:
    outcome = worked("CN")
    assert (outcome.base, outcome.pool) == (Decimal(940_000), Decimal(470_000))
    assert amounts(outcome) == {"main": "235000.00", "staff": "0.00", "others": "235000.00", "unit": "470000.00"}
    assert outcome.percentages is not None
    assert outcome.percentages.staff == 0  # no fixed floor
    assert told(outcome) == [(Remark.HEARD, "cn-main")]


def test_zhejiang_leaves_658_000_to_the_pool_460_600_of_it_to_main_contributors_and_32_900_to_staff() -> None:
    outcome = worked("CN-ZJ")
    assert outcome.pool == Decimal(658_000)
    assert amounts(outcome) == {
        "main": "460600.00",
        "staff": "32900.00",
        "others": "164500.00",
        "unit": "282000.00",
    }
    assert outcome.findings == ()


def test_nankai_leaves_752_000_to_its_team_undivided_and_188_000_to_the_unit() -> None:
    outcome = worked("NANKAI")
    assert amounts(outcome) == {"team": "752000.00", "staff": "0.00", "unit": "188000.00"}
    assert outcome.amount(Part.MAIN) is None
    assert told(outcome) == [(Remark.UNDIVIDED, None), (Remark.HEARD, "nankai-pool")]


def test_transfer_staff_at_nankai_are_paid_out_of_what_the_unit_keeps() -> None:
    outcome = worked("NANKAI", staff="5")
    assert amounts(outcome) == {"team": "752000.00", "staff": "9400.00", "unit": "178600.00"}


def test_the_formula_of_mit_takes_141_000_off_the_top_and_gives_three_times_266_333() -> None:
    outcome = worked("MIT")
    assert [(each.slice.title_en, str(each.amount)) for each in outcome.slices] == [
        ("Technology development", "141000.00"),
        ("Inventor", "266333.34"),
        ("Department", "266333.33"),
        ("School", "266333.33"),
    ]
    assert outcome.pool is None


def test_shandong_may_give_94_000_more_to_its_transfer_office() -> None:
    outcome = worked("CN-SD", office="10")
    assert amounts(outcome) == {
        "main": "329000.00",
        "staff": "0.00",
        "others": "329000.00",
        "office": "94000.00",
        "unit": "188000.00",
    }
    assert told(outcome) == [(Remark.HEARD, "cn-main")]
    assert told(worked("CN-SD")) == [(Remark.OFFICE, "sd-office"), (Remark.HEARD, "cn-main")]


# Other ways than a transfer.


def test_shares_are_divided_as_they_are_without_costs() -> None:
    outcome = worked("CN-ZJ", replace(MILLION, way=Way.EQUITY))
    assert (outcome.base, outcome.pool) == (Decimal(1_000_000), Decimal(700_000))


@pytest.mark.parametrize(
    ("statute", "pool"), [("CN", 5_000), ("CN-ZJ", 10_000), ("CN-BJ", 5_000), ("CN-SH", 5_000), ("CN-SD", 10_000)]
)
def test_own_use_gives_a_share_of_a_years_profit(statute: str, pool: int) -> None:
    assert worked(statute, Deal(Way.OWN_USE, Decimal(100_000), years=4)).pool == pool


def test_own_use_is_rewarded_for_three_to_five_years() -> None:
    short, long = (worked("CN", Deal(Way.OWN_USE, Decimal(100_000), years=years)) for years in (2, 6))
    assert (broken(short), broken(long)) == (["cn-years"], ["cn-years"])
    assert broken(worked("CN-ZJ", Deal(Way.OWN_USE, Decimal(100_000), years=6))) == ["zj-years", "cn-years"]
    assert broken(worked("CN", Deal(Way.OWN_USE, Decimal(100_000), years=5))) == []


# Floors.


def test_every_broken_floor_is_told_with_its_own_provision() -> None:
    outcome = worked("CN-ZJ", pool="40", main="45", staff="1")
    assert broken(outcome) == ["zj-pool-transfer", "zj-main", "zj-staff", "cn-pool-transfer", "cn-main"]
    assert outcome.pool == Decimal(376_000)


def test_a_floor_that_is_just_kept_is_not_broken() -> None:
    assert broken(worked("CN-ZJ", pool="70", main="70", staff="5")) == []
    assert broken(worked("CN-ZJ", pool="69.99", main="69.99", staff="4.99")) == [
        "zj-pool-transfer",
        "zj-main",
        "zj-staff",
    ]


def test_a_unit_in_beijing_that_gives_less_than_it_may_breaks_nothing() -> None:
    outcome = worked("CN-BJ", pool="60")
    assert broken(outcome) == []
    assert told(outcome) == [(Remark.BELOW_MAY, "bj-pool-transfer"), (Remark.HEARD, "cn-main")]
    assert broken(worked("CN-BJ", pool="49")) == ["cn-pool-transfer"]


def test_a_floor_that_was_never_read_says_so_even_where_it_is_kept() -> None:
    assert told(worked("CN-SH")) == [(Remark.HEARD, "sh-pool-transfer"), (Remark.HEARD, "cn-main")]
    assert told(worked("CN-ZJ")) == []  # its own floors were read, and decide


def test_what_is_only_heard_of_is_told_as_such() -> None:
    known = {
        finding.provision.code: finding.provision.known
        for finding in worked("CN-SH", pool="60", main="40").findings
        if finding.provision
    }
    assert known == {"sh-pool-transfer": "second-hand", "cn-main": "second-hand"}


# Days.


def test_before_a_provinces_rule_the_national_one_applied() -> None:
    outcome = worked("CN-ZJ", on=date(2021, 9, 28))
    assert outcome.pool == Decimal(470_000)
    assert told(outcome) == [(Remark.NOT_YET, None), (Remark.HEARD, "cn-main")]
    assert outcome.findings[0].day == date(2021, 9, 29)


def test_before_the_national_rule_none_is_known_and_the_pool_has_to_be_entered() -> None:
    before = date(2015, 9, 30)
    assert worked("CN", on=before).fault == Fault.NO_RULE
    assert [each.remark for each in worked("CN", on=before).findings] == [Remark.NO_RULE]
    assert worked("CN", on=before, pool="30").pool == Decimal(282_000)
    assert worked("CN-ZJ", on=before).fault == Fault.NO_RULE


def test_in_a_year_of_which_no_day_is_known_a_rule_is_told_and_not_applied() -> None:
    outcome = worked("CN", on=date(2016, 6, 1))
    assert outcome.amount(Part.MAIN) == NOUGHT
    assert [(each.remark, each.provision and each.provision.code) for each in outcome.findings] == [
        (Remark.UNSURE, "cn-main")
    ]
    assert worked("CN", on=date(2017, 1, 1)).amount(Part.MAIN) == Decimal(235_000)


# What cannot be worked out.


def test_nothing_is_divided_where_nothing_is_left() -> None:
    for taken in ("950000", "950000.01", "9999999999.99"):
        outcome = worked("CN", replace(MILLION, costs=Decimal(taken), taxes=Decimal(50_000)))
        assert (outcome.fault, outcome.parts) == (Fault.NOTHING_LEFT, ())


def test_public_money_is_no_cost() -> None:
    assert worked("CN-ZJ", replace(MILLION, public_money=Decimal(50_000))).base == Decimal(990_000)
    assert worked("CN-ZJ", replace(MILLION, public_money=Decimal(50_001))).fault == Fault.PUBLIC_OVER_COSTS


@pytest.mark.parametrize(
    ("entered", "fault"),
    [
        ({"pool": "100.01"}, Fault.OVER_THE_BASE),
        ({"pool": "95", "office": "6"}, Fault.OVER_THE_BASE),
        ({"owners": "101"}, Fault.OVER_THE_BASE),
        ({"main": "96", "staff": "5"}, Fault.OVER_THE_POOL),
        ({"staff": "101"}, Fault.OVER_THE_POOL),
    ],
)
def test_more_than_everything_cannot_be_given(entered: dict[str, str], fault: Fault) -> None:
    outcome = worked("CN-ZJ", **entered)
    assert (outcome.fault, outcome.parts) == (fault, ())


def test_a_formula_answers_only_for_what_it_is_recorded_for() -> None:
    assert worked("MIT", replace(MILLION, way=Way.EQUITY)).fault == Fault.NO_RULE
    assert [each.remark for each in worked("MIT", pool="70").findings] == [Remark.FORMULA]


# A share of ownership instead.


def test_completers_with_a_share_of_ownership_leave_the_split_of_the_rest() -> None:
    deal = replace(MILLION, main=(Sharer("甲", Decimal(1)), Sharer("乙", Decimal(2))))
    outcome = worked("CN-ZJ", deal, owners="70")
    assert amounts(outcome) == {
        "owners": "658000.00",
        "main": "0.00",
        "staff": "9870.00",
        "others": "187530.00",
        "unit": "84600.00",
    }
    assert [str(each.amount) for each in outcome.main] == ["219333.33", "438666.67"]
    assert [(each.remark, each.provision and each.provision.code) for each in outcome.findings] == [
        (Remark.OWNERSHIP, "zj-ownership")
    ]
    assert [each.remark for each in worked("CN-BJ", owners="70").findings] == [Remark.NO_OWNERSHIP]


# People.


def test_staff_share_by_credits_and_the_last_fen_goes_to_the_largest_remainder() -> None:
    staff = tuple(Sharer(name, Decimal(weight)) for name, weight in (("甲", "12.50"), ("乙", "7.25"), ("丙", "0")))
    outcome = worked("CN-ZJ", replace(MILLION, staff=staff))
    assert [(each.name, str(each.amount)) for each in outcome.staff] == [
        ("甲", "20822.78"),
        ("乙", "12077.22"),
        ("丙", "0.00"),
    ]


def test_people_without_any_weight_are_not_given_shares() -> None:
    assert worked("CN-ZJ", replace(MILLION, staff=(Sharer("甲", Decimal(0)),))).staff == ()


money = st.decimals(min_value=0, max_value=MOST_MONEY, places=2, allow_nan=False, allow_infinity=False)
percent = st.one_of(st.none(), st.decimals(min_value=0, max_value=100, places=2, allow_nan=False))
weights = st.lists(st.decimals(min_value=0, max_value=Decimal("9999.99"), places=2, allow_nan=False), max_size=50)


@given(
    way=st.sampled_from(Way),
    statute=st.sampled_from(sorted(BOOK.statutes)),
    value=money,
    costs=money,
    shares=st.tuples(percent, percent, percent, percent, percent),
    people=weights,
)
def test_all_parts_come_to_the_base_and_all_people_to_their_part(way, statute, value, costs, shares, people) -> None:  # type: ignore[no-untyped-def]
    sharers = tuple(Sharer(f"第 {number} 人", weight) for number, weight in enumerate(people))
    deal = Deal(way, value, costs=costs, main=sharers, staff=sharers)
    outcome = work_out(deal, Plan(statute, TODAY, *shares), BOOK)
    if outcome.fault is not None:
        assert outcome.parts == ()
        return
    assert sum(amount for _part, amount in outcome.parts) == outcome.base
    assert all(amount >= 0 for _part, amount in outcome.parts)
    if any(people):
        assert outcome.staff == () or sum(each.amount for each in outcome.staff) == outcome.amount(Part.STAFF)
        inside = outcome.amount(Part.OWNERS) or outcome.amount(Part.MAIN) or outcome.amount(Part.TEAM) or NOUGHT
        assert sum((each.amount for each in outcome.main), NOUGHT) == inside
