"""Template tags of the charts: a whole figure, or a small drawing in a line of words."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.design.charts import Chart, RingChart, ScoreBand, Sparkline

register = template.Library()


@register.inclusion_tag("design/components/chart/chart.html")
def chart(chart: Chart, titled: bool = True, tabled: bool = True, caption: str = "") -> dict[str, Any]:
    """The figure; without its title under a heading that says it, without its table beside a fuller one."""
    return {
        "chart": chart,
        "titled": titled,
        "tabled": tabled,
        "caption": caption or chart.caption or chart.description,
    }


@register.simple_tag
def sparkline(values: Sparkline) -> SafeString:
    """The run of a few values, in a line of words or a cell."""
    return _small(values, "spark")


@register.simple_tag
def ring(share: RingChart) -> SafeString:
    """A share of a whole as a ring."""
    return _small(share, "ring")


@register.simple_tag
def score_band(score: ScoreBand) -> SafeString:
    """A score with its band and the pass line."""
    return _small(score, "scorebar")


def _small(small: Sparkline | RingChart | ScoreBand, kind: str) -> SafeString:
    drawn = small.drawing
    return format_html(
        '<svg class="chart {}" viewBox="{}" role="img" aria-label="{}">{}</svg>',
        kind,
        drawn.view_box,
        small.says,
        drawn.body,
    )
