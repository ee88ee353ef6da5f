"""One example of every chart, in both languages. Names and figures are invented."""

from datetime import date

from django.utils.translation import get_language

from cms.design.charts import (
    Axis,
    Bar,
    BarChart,
    Chart,
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
    SpotWords,
    Stack,
    StackedBarChart,
    Stage,
    Stairs,
    TimelineChart,
)


def _said(chinese: str, english: str) -> str:
    return english if get_language() == "en" else chinese


def every_chart() -> list[Chart]:
    """Bars, stacks, lines, a histogram, a web, a frontier, days; and one that has nothing to draw."""
    return [_bars(), _stacks(), _lines(), _scores(), _histogram(), _web(), _frontier(), _days(), _nothing()]


def every_small_one() -> tuple[Sparkline, RingChart, ScoreBand]:
    """What stands in a line of words."""
    hours = _said("每周学时", "Class hours a week")
    return (
        Sparkline(values=[2, 4, 3, 6, 5, 8], label=hours),
        RingChart(value=62, whole=100, label=_said("理论学时", "Theory hours")),
        ScoreBand(score=78, error=8, pass_mark=75),
    )


def _bars() -> BarChart:
    return BarChart(
        title=_said("各模块得分率", "Share of points by module"),
        description=_said(
            "估值最弱，离要求差 12 个百分点。", "Valuation is weakest, twelve points under what is asked."
        ),
        unit="%",
        highest=100,
        limit=Limit(70, _said("要求", "asked")),
        bars=[
            Bar(_said("需求发现", "Finding demand"), 86),
            Bar(_said("知识产权与许可", "Rights and licences"), 74),
            Bar(_said("科技成果价值评估与技术合同登记认定", "Valuing results and registering contracts"), 58),
            Bar(_said("沟通", "Communication"), 91),
        ],
    )


def _stacks() -> StackedBarChart:
    return StackedBarChart(
        title=_said("学时构成", "What class hours consist of"),
        description=_said("北岭的实务多于理论。", "At Beiling practice outweighs theory."),
        unit=_said("学时", "hours"),
        parts=[_said("理论", "theory"), _said("实务", "practice"), _said("面授", "on site")],
        stacks=[Stack(_said("汾川", "Fenchuan"), [120, 44, 20]), Stack(_said("北岭", "Beiling"), [80, 90, 10])],
    )


def _lines() -> LineChart:
    return LineChart(
        title=_said("在读人数", "People in training"),
        description=_said("七月以后人数翻倍。", "Numbers have doubled since July."),
        whole=True,
        labels=[date(2026, month, 1) for month in range(1, 12)],
        series=[
            Series(_said("汾川", "Fenchuan"), [120, 130, 125, 160, 180, 175, 170, 210, 300, 360, 402]),
            Series(_said("北岭", "Beiling"), [80, 82, 90, None, 110, 140, 180, 205, 260, 310, 335]),
        ],
    )


def _scores() -> LineChart:
    return LineChart(
        title=_said("三次谈判实训", "Three deal simulations"),
        description=_said(
            "第三次连同可信范围都在过线以上。", "The third lies above the pass line with its whole band."
        ),
        labels=[_said("第一次", "first"), _said("第二次", "second"), _said("第三次", "third")],
        series=[Series(_said("得分", "score"), [58, 66, 84], margin=8)],
        limits=[Limit(75, _said("过线", "pass line"))],
    )


def _histogram() -> Histogram:
    return Histogram(
        title=_said("考试成绩分布", "How exam scores are spread"),
        description=_said("四人中三人过线，多在 75 至 85 分。", "Three in four pass, most with 75 to 85."),
        edges=list(range(40, 101, 5)),
        counts=[2, 1, 4, 6, 9, 14, 22, 31, 24, 12, 6, 2],
        axis=_said("分数", "score"),
        limits=[Limit(70, _said("过线", "pass line")), Limit(82, _said("你", "you"))],
    )


def _web() -> RadarChart:
    return RadarChart(
        title=_said("六项能力", "Six abilities"),
        description=_said("合规高于班级中位，估值低于它。", "Compliance is above the class median, valuation below."),
        axes=[
            _said("发现", "Discovery"),
            _said("估值", "Valuation"),
            _said("尽调", "Due diligence"),
            _said("创造价值", "Creating value"),
            _said("合规", "Compliance"),
            _said("合同", "Contracts"),
        ],
        series=[
            Series(_said("你", "you"), [88, 58, 75, 84, 90, 62]),
            Series(_said("班级中位", "class median"), [70, 66, 62, 70, 70, 65]),
        ],
    )


def _frontier() -> ScatterChart:
    east, north = _said("清泉公司", "Qingquan"), _said("北岭焦化", "Beiling Coking")
    return ScatterChart(
        title=_said("五次报价", "Five offers"),
        description=_said(
            "第三轮进入双方都肯签的区域，第五轮成交。", "The third offer is one both would sign; the fifth is the deal."
        ),
        x=Axis(
            _said(f"{east}得到的价值", f"Worth to {east}"), 66, _said("离席线 66", "leaves below 66"), kind="c-party-a"
        ),
        y=Axis(
            _said(f"{north}得到的价值", f"Worth to {north}"),
            62,
            _said("离席线 62", "leaves below 62"),
            kind="c-party-b",
        ),
        cloud=[(30 + (n * 37) % 50, 25 + (n * 23) % 60) for n in range(70) if (n * 37) % 50 + (n * 23) % 60 < 95],
        frontier=[(60 + n * 2, 100 - n * n * 0.18) for n in range(21)],
        spots=[
            Spot("1", 38, 57),
            Spot("2", 74, 40),
            Spot("3", 75, 66),
            Spot("4", 70, 90),
            Spot("5", 79, 82, is_key=True),
        ],
        mark=(85, 72),
        words=SpotWords(
            spots=_said("报价，数字为轮次", "offers, by round"),
            key=_said("成交", "Deal"),
            frontier=_said("有效边界", "frontier"),
            zone=_said("双方都肯签的区域", "both would sign"),
            mark=_said("纳什点", "Nash point"),
        ),
    )


def _days() -> TimelineChart:
    return TimelineChart(
        title=_said("一百二十五天怎样花掉", "How 125 days were spent"),
        description=_said(
            "尽调时信任最低；经费在估值前花掉一半。",
            "Trust is lowest in diligence; half the money went before valuing.",
        ),
        days=125,
        page_wide=True,
        stages=[
            Stage(_said("问诊", "Interview"), 0, 17),
            Stage(_said("估值", "Valuing"), 17, 45),
            Stage(_said("谈判", "Talks"), 45, 112),
        ],
        lanes=[
            Curves(
                _said("信任", "Trust"),
                [
                    (_said("清泉的信任", "trust of Qingquan"), [(0, 50), (14, 55), (57, 49), (80, 62), (112, 71)]),
                    (_said("北岭的信任", "trust of Beiling"), [(0, 50), (36, 74), (61, 57), (90, 66), (112, 68)]),
                ],
            ),
            Stairs(
                _said("经费", "Money"), _said("万元", "×10,000 CNY"), [(0, 18), (14, 16), (24, 9), (52, 2.8), (112, 2)]
            ),
            Moments(
                _said("线索", "Clues"),
                [
                    (_said("弄清的线索", "clue found"), "dot", [2, 9, 17, 36, 52]),
                    (_said("错过的线索", "clue missed"), "ring", [43, 66]),
                    (_said("踩中的陷阱", "trap sprung"), "peak", [49]),
                ],
            ),
        ],
    )


def _nothing() -> BarChart:
    return BarChart(
        title=_said("结业人数", "People certified"),
        description=_said("还没有人结业。", "Nobody has been certified yet."),
        bars=[],
        empty=_said("还没有人结业，第一批在 12 月。", "Nobody has been certified yet; the first will be in December."),
    )
