"""Charts drawn by the server: values in, SVG out. A selector builds one, `{% chart %}` shows it."""

from .bars import Bar, BarChart
from .chart import Chart, Key, Limit, Series, Table
from .lines import LineChart
from .small import RingChart, ScoreBand, Sparkline

__all__ = [
    "Bar",
    "BarChart",
    "Chart",
    "Key",
    "Limit",
    "LineChart",
    "RingChart",
    "ScoreBand",
    "Series",
    "Sparkline",
    "Table",
]
