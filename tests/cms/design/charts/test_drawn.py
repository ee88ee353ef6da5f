"""What single kinds promise: lengths, order, names, limits."""

from datetime import date

import pytest

from cms.design.charts import (
    Axis,
    Bar,
    BarChart,
    Curves,
    Histogram,
    Limit,
    LineChart,
    Moments,
    RadarChart,
    RingChart,
    ScatterChart,
    ScoreBand,
    Series,
    Sparkline,
    Spot,
    Stack,
    StackedBarChart,
    Stage,
    TimelineChart,
)

from .drawn import marks_of, points_of, words_of

pytestmark = [pytest.mark.unit]

SAID = {"title": "各模块合格率", "description": "估值最弱。"}


def _wide(chart):
    return chart.draw(640)


def test_bars_are_as_long_as_their_values_and_end_where_the_limit_says() -> None:
    chart = BarChart(**SAID, bars=[Bar("估值", 50), Bar("尽调", 25)], unit="%", limit=Limit(50, "要求"))
    drawing = _wide(chart)
    half, quarter = marks_of(drawing, "f1")

    assert half.at["width"] == pytest.approx(2 * quarter.at["width"])
    assert points_of(marks_of(drawing, "limit")[0].at["d"])[0][0] == pytest.approx(
        half.at["x"] + half.at["width"], abs=0.1
    )
    assert {"估值", "50%", "要求 50%"} <= set(words_of(drawing))


def test_what_is_lost_lies_left_of_the_axis() -> None:
    drawing = _wide(BarChart(**SAID, bars=[Bar("新增", 10), Bar("扣减", -20)]))
    more, less = marks_of(drawing, "f1")
    assert less.at["x"] + less.at["width"] == pytest.approx(more.at["x"])
    assert "−20" in words_of(drawing)


def test_a_long_name_takes_two_lines_and_a_longer_one_keeps_its_whole_title() -> None:
    name = "科技成果价值评估与技术合同登记认定实务及风险防控" * 3
    texts = [mark for mark in _wide(BarChart(**SAID, bars=[Bar(name, 1)])).marks if mark.tag == "text"]
    lines = [mark for mark in texts if "t-end" in mark.kind]
    assert len(lines) == 2
    assert str(lines[1].text).endswith("…")
    assert {str(mark.says) for mark in lines} == {name}


def test_parts_lie_side_by_side_and_make_the_whole() -> None:
    chart = StackedBarChart(**SAID, parts=["理论", "实训"], unit="学时", stacks=[Stack("一班", [30, 10])])
    theory, practice = (mark for kind in ("f1", "f2") for mark in marks_of(_wide(chart), kind))

    assert theory.at["x"] + theory.at["width"] == pytest.approx(practice.at["x"] - 1)
    assert "40 学时" in words_of(_wide(chart))
    assert [str(key.word) for key in chart.legend] == ["理论", "实训"]
    assert chart.table.lines[0][1] == [("理论", "30 学时"), ("实训", "10 学时"), (chart.table.head[-1], "40 学时")]


def test_shares_all_end_together() -> None:
    chart = StackedBarChart(
        **SAID, parts=["已完成", "未开始"], shares=True, stacks=[Stack("一", [1, 1]), Stack("二", [9, 1])]
    )
    ends = {round(mark.at["x"] + mark.at["width"]) for mark in marks_of(_wide(chart), "f2")}
    assert len(ends) == 1


def test_a_gap_parts_a_line_and_the_second_line_is_dashed() -> None:
    series = [Series("汾川", [1, 2, None, 3, 4]), Series("北岭", [1, 1, 1, 1, 1])]
    drawing = _wide(LineChart(**SAID, labels=list("abcde"), series=series))

    assert [len(points_of(mark.at["d"])) for mark in marks_of(drawing, "l1")] == [2, 2]
    assert len(marks_of(drawing, "d2")) == 1
    assert {"汾川", "北岭"} <= set(words_of(drawing))


def test_lines_are_named_where_they_end_and_in_a_legend_on_a_phone() -> None:
    chart = LineChart(**SAID, labels=["一", "二"], series=[Series("汾川", [1, 2]), Series("北岭", [2, 1])])
    assert "汾川" not in words_of(chart.draw(330))
    assert [(str(key.word), key.narrow_only) for key in chart.legend] == [("汾川", True), ("北岭", True)]


def test_days_stand_as_far_apart_as_they_are() -> None:
    days = [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 5)]
    drawing = _wide(LineChart(**SAID, labels=days, series=[Series("人数", [1, 1, 1])]))
    first, second, third = (mark.at["cx"] for mark in marks_of(drawing, "dot"))
    assert third - second == pytest.approx(3 * (second - first))


def test_a_score_over_time_has_its_band_and_pass_line() -> None:
    series = [Series("得分", [58, 66], margin=8)]
    chart = LineChart(**SAID, labels=["一", "二"], series=series, limits=[Limit(75, "过线")])
    band = points_of(marks_of(_wide(chart), "band")[0].at["d"])
    line = points_of(marks_of(_wide(chart), "l1")[0].at["d"])

    assert band[0][1] < line[0][1] < band[-1][1]
    assert "过线 75" in words_of(_wide(chart))


def test_columns_are_as_high_as_their_counts() -> None:
    chart = Histogram(**SAID, edges=[60, 70, 80], counts=[3, 6], axis="分数", limits=[Limit(70, "过线")])
    low, high = marks_of(_wide(chart), "f1")
    assert high.at["height"] == pytest.approx(2 * low.at["height"])
    assert points_of(marks_of(_wide(chart), "limit")[0].at["d"])[0][0] == pytest.approx(high.at["x"] - 0.5, abs=0.1)
    assert chart.table.rows == [("60–70", "3"), ("70–80", "6")]


def test_a_histogram_wants_one_edge_more() -> None:
    with pytest.raises(ValueError, match="one edge more"):
        Histogram(**SAID, edges=[60, 70], counts=[3, 6], axis="分数")


def test_a_full_value_reaches_the_outer_ring_and_none_stays_in_the_middle() -> None:
    chart = RadarChart(**SAID, axes=["匹配", "估值", "保密"], series=[Series("你", [100, 0, 0])])
    top, middle, other = (mark.at for mark in marks_of(_wide(chart), "f1", "circle"))
    ring = points_of(marks_of(_wide(chart), "grid")[3].at["d"])

    assert (top["cx"], top["cy"]) == pytest.approx(ring[0])
    assert (middle["cx"], middle["cy"]) == pytest.approx((320, top["cy"] + 128))
    assert (other["cx"], other["cy"]) == pytest.approx((320, top["cy"] + 128))


def _plot(**values) -> ScatterChart:
    return ScatterChart(**SAID, x=Axis("A", 45, "A 离席"), y=Axis("B", 60, "B 离席"), **values)


def test_right_is_more_for_one_and_up_is_more_for_the_other() -> None:
    first, second = marks_of(_wide(_plot(spots=[Spot("1", 50, 50), Spot("2", 80, 80)])), "pz-offer")
    assert second.at["cx"] > first.at["cx"]
    assert second.at["cy"] < first.at["cy"]


def test_the_field_where_both_would_sign_begins_at_the_floors() -> None:
    drawing = _wide(_plot(frontier=[(40, 98), (95, 60)]))
    zone = marks_of(drawing, "pz-zone")[0].at
    upright, level = (points_of(mark.at["d"])[0] for mark in marks_of(drawing, "pz-walk"))
    assert upright[0] == pytest.approx(zone["x"], abs=0.1)
    assert level[1] == pytest.approx(zone["y"] + zone["height"], abs=0.1)


def test_outcomes_far_below_are_left_out_rather_than_pressed_to_the_edge() -> None:
    dots = marks_of(_wide(_plot(cloud=[(50, 50), (5, 5)])), "pz-cloud")[0].at["d"]
    assert dots.count("M") == 1


def test_the_way_leads_through_one_point_a_round() -> None:
    spots = [Spot("1", 50, 50), Spot("2A", 60, 60, on_path=False), Spot("2B", 70, 80, is_key=True)]
    drawing = _wide(_plot(spots=spots))
    assert len(points_of(marks_of(drawing, "pz-path")[0].at["d"])) == 2
    assert len(marks_of(drawing, "pz-deal")) == 1
    assert marks_of(_wide(_plot(spots=spots[:1])), "pz-path") == []


def test_a_stage_too_short_for_its_name_keeps_it_for_the_pointer() -> None:
    stages = [Stage("Interview", 0, 1), Stage("证据", 1, 43)]
    chart = TimelineChart(**SAID, days=60, stages=stages, lanes=[Curves("信任", [("A", [(0, 50), (43, 70)])])])
    assert "证据" in words_of(chart.draw(330))
    assert "Interview" not in words_of(chart.draw(330))
    assert "Interview" in str(marks_of(chart.draw(330), "tl-band0")[0].says)


def test_moments_are_told_with_their_day_and_kind() -> None:
    chart = TimelineChart(**SAID, days=60, lanes=[Moments("线索", [("弄清", "dot", [2, 30]), ("陷阱", "peak", [])])])
    assert [str(mark.says) for mark in _wide(chart).marks if mark.kind == "pt"] == ["弄清, 第 2 天", "弄清, 第 30 天"]
    assert [str(key.word) for key in chart.legend] == ["弄清"]
    assert chart.table.rows == [("弄清", "2, 30")]


@pytest.mark.parametrize(("value", "drawn"), [(0, 0), (62, 1), (100, 1), (130, 1)])
def test_a_ring_is_filled_as_far_as_it_is_reached(value, drawn) -> None:
    ring = RingChart(value=value, whole=100, label="学时")
    assert len(marks_of(ring.drawing, "ring-on")) == drawn
    assert ring.says == f"学时：{value}%"


def test_a_ring_says_a_hundred_only_when_it_is_full() -> None:
    assert RingChart(value=999, whole=1000, label="学时").percent == 99


def test_a_sparkline_says_where_it_began_and_ended() -> None:
    assert Sparkline(values=[1, 4, 3], label="每周学时").says == "每周学时：从 1 到 3，最低 1，最高 4"
    assert Sparkline(values=[], label="每周学时").says == "每周学时：还没有数值"


@pytest.mark.parametrize(("score", "low", "high"), [(66, 54, 78), (3, 0, 15), (99.5, 88, 100)])
def test_a_band_stays_between_nothing_and_everything(score, low, high) -> None:
    band = ScoreBand(score=score, error=12, pass_mark=70)
    assert (band.low, band.high) == (low, high)
    assert f"可信范围 {low} 至 {high}，过线 70" in band.says
