"""The template tags of the charts: markup that a strict policy, a screen reader and a printer can live with."""

import re

import pytest
from django.template import Context, Template

from cms.design.charts import Bar, BarChart, LineChart, RingChart, ScoreBand, Series, Sparkline

pytestmark = [pytest.mark.unit]

BARS = BarChart(title="各模块合格率", description="估值最弱。", bars=[Bar("<估值>", 58), Bar("尽调", 75)], unit="%")


def _shown(template: str, **context: object) -> str:
    return Template("{% load charts %}" + template).render(Context(context))


def test_a_figure_has_one_drawing_a_width_and_says_what_to_see() -> None:
    html = _shown("{% chart x %}", x=BARS)
    assert re.findall(r'class="chart chart-(\d+)', html) == ["330", "640"]
    assert html.count('role="img" aria-label="各模块合格率：估值最弱。"') == 2
    assert "<figcaption>估值最弱。</figcaption>" in html


def test_the_same_values_stand_in_a_table() -> None:
    html = _shown("{% chart x %}", x=BARS)
    assert re.findall(r'<th scope="row">(.*?)</th><td class="n" data-l="数值">(.*?)</td>', html) == [
        ("&lt;估值&gt;", "58%"),
        ("尽调", "75%"),
    ]


def test_title_and_table_may_stand_elsewhere() -> None:
    html = _shown("{% chart x titled=False tabled=False %}", x=BARS)
    assert "plot-title" not in html
    assert "<table" not in html


def test_several_figures_on_a_page_share_no_id_and_bring_no_style_or_script() -> None:
    lines = LineChart(
        title="人数", description="稳。", labels=["一", "二"], series=[Series("a", [1, 2]), Series("b", [2, 1])]
    )
    html = _shown("{% chart x %}{% chart x %}{% chart y %}{% sparkline z %}", x=BARS, y=lines, z=_spark())
    assert re.findall(r'\s(?:id|style|on\w+)="|<(?:style|script)', html) == []
    assert re.findall(r'(?:fill|stroke)="', html) == []


def test_without_data_there_are_words_and_no_table() -> None:
    html = _shown("{% chart x %}", x=BarChart(title="合格率", description="-", bars=[], empty="还没有人参加考试。"))
    assert '<p class="plot-empty">还没有人参加考试。</p>' in html
    assert "<svg" not in html
    assert "<table" not in html


def _spark() -> Sparkline:
    return Sparkline(values=[1, 2], label="每周学时")


@pytest.mark.parametrize(
    ("tag", "small", "label"),
    [
        ("sparkline", _spark(), "每周学时：从 1 到 2，最低 1，最高 2"),
        ("ring", RingChart(value=1, whole=2, label="学时"), "学时：50%"),
        ("score_band", ScoreBand(score=78, error=8, pass_mark=75), "78 分，可信范围 70 至 86，过线 75"),
    ],
)
def test_small_ones_stand_alone_and_speak(tag, small, label) -> None:
    assert f'role="img" aria-label="{label}"' in _shown("{% " + tag + " x %}", x=small)
