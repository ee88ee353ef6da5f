"""Charts drawn by the server: values in, SVG out. A selector builds one, `{% chart %}` shows it."""

from .bars import Bar, BarChart
from .chart import Chart, Key, Limit, Series, Table
from .histogram import Histogram
from .lines import LineChart
from .radar import RadarChart
from .scatter import Axis, ScatterChart, Spot, SpotWords
from .small import RingChart, ScoreBand, Sparkline
from .stacked import Stack, StackedBarChart
from .timeline import Curves, Moments, Stage, Stairs, TimelineChart

__all__ = [
    "Axis",
    "Bar",
    "BarChart",
    "Chart",
    "Curves",
    "Histogram",
    "Key",
    "Limit",
    "LineChart",
    "Moments",
    "RadarChart",
    "RingChart",
    "ScatterChart",
    "ScoreBand",
    "Series",
    "Sparkline",
    "Spot",
    "SpotWords",
    "Stack",
    "StackedBarChart",
    "Stage",
    "Stairs",
    "Table",
    "TimelineChart",
]
