"""Template tags of the charts: a whole figure, or a small drawing in a line of words."""

from typing import Any

from django import template

from cms.design.charts import Chart, RingChart, ScoreBand, Sparkline

register = template.Library()

_SMALL = "design/components/small_chart/small_chart.html"


@register.inclusion_tag("design/components/chart/chart.html")
def chart(chart: Chart, titled: bool = True, tabled: bool = True, caption: str = "") -> dict[str, Any]:
    """The figure; without its title under a heading that says it, without its table beside a fuller one."""
    said = caption or chart.caption or chart.description
    return {"chart": chart, "titled": titled, "tabled": tabled, "caption": said}


@register.inclusion_tag(_SMALL)
def sparkline(values: Sparkline) -> dict[str, Any]:
    """The run of a few values, in a line of words or a cell."""
    return small_chart(values, "spark")


@register.inclusion_tag(_SMALL)
def ring(share: RingChart) -> dict[str, Any]:
    """A share of a whole as a ring."""
    return small_chart(share, "ring")


@register.inclusion_tag(_SMALL)
def score_band(score: ScoreBand) -> dict[str, Any]:
    """A score with its band and the pass line."""
    return small_chart(score, "scorebar")


def small_chart(small: Sparkline | RingChart | ScoreBand, kind: str) -> dict[str, Any]:
    """What the template of small drawings wants."""
    return {"drawing": small.drawing, "kind": kind, "says": small.says}
