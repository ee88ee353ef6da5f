from datetime import date, timedelta
from decimal import Decimal

import pytest

from certificates.enums import Stage
from certificates.selectors import figures as certified
from lms.credits.selectors import weeks
from lms.desks.selectors import growth, plots
from lms.exams.selectors import figures as sat
from lms.kernel.tallies import Tallies, week_key
from lms.schemes.enums import FactKind
from lms.schemes.selectors.facts import DatedFact
from tests.conftest import NOON

pytestmark = pytest.mark.unit
TODAY = date(2026, 11, 22)
NOTHING = Tallies([])


def _fact(kind: FactKind, value: str, days_ago: int) -> DatedFact:
    return DatedFact(kind, "x", Decimal(value), NOON - timedelta(days=days_ago))


def test_hours_by_week_are_minutes_over_forty_five() -> None:
    told = Tallies([(weeks.BY_WEEK, week_key(TODAY), "", 90), (weeks.BY_WEEK, week_key(date(2026, 11, 9)), "", 45)])
    chart = plots.hours_by_week(told, TODAY, "2 人，1 个班次")
    assert list(chart.series[0].values)[-3:] == [0.0, 1.0, 2.0]
    assert chart.description == "最近 12 周共 3.00 学时，其中本周一以来 2.00 学时。"
    assert chart.caption.startswith("2 人，1 个班次。")


def test_nothing_counted_is_said_and_not_drawn() -> None:
    for chart in (
        plots.hours_by_week(NOTHING, TODAY, ""),
        plots.scores(NOTHING),
        plots.certificates_by_month(NOTHING, TODAY),
        plots.look_ups_by_week(NOTHING, TODAY),
        plots.stages_of([("班", {})], title="", caption=""),
        growth.hours_by_week([], TODAY),
    ):
        assert (chart.has_data, chart.drawings) == (False, [])
        assert "没有" in str(chart.empty)


def test_results_fall_into_tens_and_passes_are_counted() -> None:
    chart = plots.scores(Tallies([(sat.SCORES, 9, sat.PASSED, 2), (sat.SCORES, 4, sat.FAILED, 1)]))
    assert list(chart.counts) == [0, 0, 0, 0, 1, 0, 0, 0, 0, 2]
    assert chart.description == "3 份成绩中 2 份合格。"


@pytest.mark.parametrize(("passed", "number", "value"), [(4, 4, "–"), (4, 5, 80), (0, 5, 0)])
def test_under_five_results_there_is_no_rate(passed: int, number: int, value: object) -> None:
    told = Tallies([(sat.SCORES, 8, sat.PASSED, passed), (sat.SCORES, 2, sat.FAILED, number - passed)])
    assert plots.pass_rate(told).value == value
    assert plots.rate(passed, number) == ("–" if value == "–" else f"{value} %")


def test_stages_are_parts_of_a_bar_in_their_order() -> None:
    chart = plots.stages_of([("一班", {Stage.CERTIFIED: 2, Stage.WAITING: 1}), ("空班", {})], title="", caption="")
    assert [(stack.label, list(stack.values)) for stack in chart.stacks] == [("一班", [1, 0, 0, 0, 2])]
    assert chart.description == "共 3 人，其中 2 人已发证。"


def test_months_are_named_and_empty_ones_stay() -> None:
    chart = plots.certificates_by_month(Tallies([(certified.BY_MONTH, 202611, "junior", 3)]), TODAY)
    assert [stack.label for stack in chart.stacks][-2:] == ["2026 年 10 月", "2026 年 11 月"]
    assert [sum(stack.values) for stack in chart.stacks] == [0, 0, 0, 0, 0, 3]


def test_a_trainees_weeks_are_told_from_facts() -> None:
    facts = [
        _fact(FactKind.CLASS_HOURS, "0.50", 8),
        _fact(FactKind.CLASS_HOURS, "1.25", 0),
        _fact(FactKind.CONTRIBUTION, "5.00", 0),
        _fact(FactKind.CLASS_HOURS, "9.00", 200),
    ]
    chart = growth.hours_by_week(facts, TODAY)
    assert list(chart.series[0].values)[-2:] == [0.5, 1.25]
    assert sum(chart.series[0].values) == 1.75


def test_credits_run_on_from_what_was_there_before() -> None:
    facts = [_fact(FactKind.CONTRIBUTION, value, ago) for value, ago in (("3.00", 500), ("5.00", 40), ("-5.00", 0))]
    assert list(growth.credits_by_month(facts, TODAY).values) == [3.0] * 10 + [8.0, 3.0]
    assert growth.credits_by_month([], TODAY) is None


def test_two_competencies_make_no_shape() -> None:
    assert growth.competencies(None) is None
