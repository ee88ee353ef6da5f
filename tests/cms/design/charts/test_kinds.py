"""Every kind of chart with values that nobody planned for."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    SpotWords,
    Stack,
    StackedBarChart,
    Stage,
    Stairs,
    TimelineChart,
)

from .drawn import marks_of, off_the_sheet, points_of, words_of

pytestmark = [pytest.mark.unit]

FEW = settings(max_examples=40, deadline=None)
SAID = {"title": "在读人数", "description": "九月起人数翻倍。"}
LONG = "科技成果价值评估与技术合同登记认定实务及风险防控专题研修（含案例）第二期"
names = st.sampled_from(["北岭", "Valuation", "Contract and registration", LONG, "A" * 60])
values = st.one_of(
    st.integers(-(10**12), 10**12), st.floats(-1e9, 1e9), st.decimals(-(10**9), 10**9, places=2), st.just(0)
)
amounts = st.one_of(st.integers(0, 10**12), st.floats(0, 1e9), st.just(0))
shares = st.floats(0, 100)


def _stays_on_its_sheets(chart) -> None:
    drawn = chart.drawings
    assert [drawing.width for _width, drawing in drawn] == [width for width, _drawing in drawn]
    assert [off_the_sheet(drawing) for _width, drawing in drawn] == [[] for _each in drawn]
    assert all(len(row) == len(chart.table.head) for row in chart.table.rows)


@FEW
@given(st.lists(st.builds(Bar, names, values), min_size=1, max_size=9), st.none() | amounts)
def test_bars(bars, highest) -> None:
    _stays_on_its_sheets(BarChart(**SAID, bars=bars, highest=highest, limit=Limit(7, LONG[:8])))


@FEW
@given(st.lists(st.tuples(names, st.lists(amounts, min_size=3, max_size=3)), min_size=1, max_size=6), st.booleans())
def test_stacks(rows, shares_) -> None:
    stacks = [Stack(name, parts) for name, parts in rows]
    _stays_on_its_sheets(StackedBarChart(**SAID, parts=["理论", "实训", "面授"], stacks=stacks, shares=shares_))


@FEW
@given(st.lists(st.lists(st.none() | values, min_size=5, max_size=5), min_size=1, max_size=8), st.booleans())
def test_lines_over_named_steps(rows, from_zero) -> None:
    series = [Series(f"{n} {LONG}", row, margin=n) for n, row in enumerate(rows)]
    labels = ["第一次", "Second attempt", LONG, "4", "5"]
    _stays_on_its_sheets(
        LineChart(**SAID, labels=labels, series=series, from_zero=from_zero, limits=[Limit(3, "过线")])
    )


@FEW
@given(st.lists(st.integers(0, 4000), min_size=1, max_size=40, unique=True), st.data())
def test_lines_over_days(offsets, data) -> None:
    labels = [date(2020, 2, 28) + timedelta(days=offset) for offset in sorted(offsets)]
    row = data.draw(st.lists(values, min_size=len(labels), max_size=len(labels)))
    _stays_on_its_sheets(LineChart(**SAID, labels=labels, series=[Series("人数", row)], page_wide=True))


@FEW
@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=30))
def test_histograms(counts) -> None:
    edges = list(range(0, 5 * len(counts) + 1, 5))
    _stays_on_its_sheets(Histogram(**SAID, edges=edges, counts=counts, axis="分数", limits=[Limit(4, "过线")]))


@FEW
@given(st.lists(st.tuples(names, st.none() | values, values), min_size=3, max_size=12))
def test_webs(corners) -> None:
    axes = [name for name, _mine, _theirs in corners]
    mine = Series("你", [value for _name, value, _theirs in corners])
    theirs = Series("班级", [value for _name, _mine, value in corners])
    chart = RadarChart(**SAID, axes=axes, series=[mine, theirs])
    outside = [
        point
        for _width, drawing in chart.drawings
        for mark in marks_of(drawing, "rd-a") + marks_of(drawing, "rd-b")
        for point in points_of(str(mark.at["d"]))
        if not (0 <= point[0] <= drawing.width and 0 <= point[1] <= drawing.height)
    ]
    assert outside == []


@FEW
@given(st.lists(st.tuples(shares, shares), max_size=20), st.lists(st.tuples(shares, shares), max_size=6), shares)
def test_scatters(cloud, spots, floor) -> None:
    chart = ScatterChart(
        **SAID,
        x=Axis("清泉公司得到的价值", floor, "清泉离席线"),
        y=Axis(LONG, 100 - floor, LONG),
        cloud=cloud,
        frontier=[(30, 99), (70, 80), (99, 20)],
        spots=[Spot(str(n + 1), x, y, is_key=n == 0) for n, (x, y) in enumerate(spots)],
        mark=(80, 70),
        words=SpotWords(key="成交"),
    )
    for _width, drawing in chart.drawings:
        discs = marks_of(drawing, "pz-offer")
        assert len(discs) == len(spots)
        assert all(0 <= disc.at["cx"] <= drawing.width and 0 <= disc.at["cy"] <= drawing.height for disc in discs)
        assert len(marks_of(drawing, "pz-ring")) == bool(spots)


@FEW
@given(
    st.lists(st.tuples(st.integers(0, 60), shares), min_size=1, max_size=9), st.lists(st.integers(0, 60), max_size=9)
)
def test_days(points, moments) -> None:
    run = sorted(points)
    chart = TimelineChart(
        **SAID,
        days=60,
        page_wide=True,
        stages=[Stage("问诊", 0, 5), Stage(LONG, 5, 8), Stage("谈判", 8, 60)],
        lanes=[
            Curves("信任", [("清泉", run), (LONG, run)]),
            Stairs("剩余经费", "万元", run),
            Moments("线索", [("弄清", "dot", moments), ("错过", "ring", moments), ("陷阱", "peak", moments)]),
        ],
    )
    assert len(chart.drawings) == 3
    for _width, drawing in chart.drawings:
        assert [off for off in off_the_sheet(drawing) if off[1] != "tl-trap"] == []
        assert len(marks_of(drawing, "tl-found")) == len(moments)


@FEW
@given(st.floats(0, 1e9), st.floats(0.01, 1e9))
def test_rings(value, whole) -> None:
    ring = RingChart(value=value, whole=whole, label="学时")
    assert off_the_sheet(ring.drawing) == []
    assert words_of(ring.drawing) == [f"{ring.percent}%" if ring.percent < 1000 else ">999%"]


@FEW
@given(st.lists(values, max_size=40))
def test_sparklines(row) -> None:
    spark = Sparkline(values=row, label="每周学时")
    drawn = [mark for mark in spark.drawing.marks if mark.tag != "text"]
    assert all(0 <= x <= 112 and 0 <= y <= 28 for mark in drawn if "d" in mark.at for x, y in points_of(mark.at["d"]))
    assert spark.says.startswith("每周学时：")


@FEW
@given(st.decimals(0, 100, places=1), st.integers(0, 30), st.integers(0, 100))
def test_bands(score, error, mark) -> None:
    band = ScoreBand(score=score, error=error, pass_mark=mark)
    assert off_the_sheet(band.drawing) == []
    assert 0 <= band.low <= round(score) <= band.high <= 100


@pytest.mark.parametrize(
    "chart",
    [
        BarChart(**SAID, bars=[]),
        StackedBarChart(**SAID, parts=["理论"], stacks=[]),
        StackedBarChart(**SAID, parts=["理论"], stacks=[Stack("一班", [Decimal(0)])]),
        LineChart(**SAID, labels=[], series=[]),
        LineChart(**SAID, labels=["一", "二"], series=[Series("人数", [None, None])]),
        Histogram(**SAID, edges=[0, 10], counts=[0], axis="分数"),
        RadarChart(**SAID, axes=["估值", "尽调"], series=[Series("你", [1, 2])]),
        ScatterChart(**SAID, x=Axis("A"), y=Axis("B")),
        TimelineChart(**SAID, days=0),
    ],
    ids=lambda chart: type(chart).__name__,
)
def test_without_data_nothing_is_drawn_and_words_say_so(chart) -> None:
    assert chart.drawings == []
    assert str(chart.empty) == "还没有可以画出来的数据。"
