"""From a debrief to its figures: which values go into which drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from simulations.enums import COMPETENCY_NAMES
from simulations.selectors.debriefs import Debrief

from .charts import competencies, pareto, timeline
from .words import MOODS, Mood


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One package as a row of the table beside the plot."""

    label: str
    day: int
    event: int
    a: int
    b: int
    is_deal: bool
    below_a: bool
    below_b: bool
    moods: list[Mood]
    terms: str


def _percent(thousandths: int) -> float:
    return thousandths / 10


def _label(row: dict[str, Any], told: Debrief) -> str:
    several = sum(each["round"] == row["round"] for each in told.body["packages"]) > 1
    return f"{row['round']}{'ABC'[row['package']]}" if several else str(row["round"])


def _is_deal(row: dict[str, Any], told: Debrief) -> bool:
    """The package of the last round that both sides accepted."""
    deal, last = told.body["plot"]["deal"], told.body["packages"][-1]["round"]
    return deal is not None and row["round"] == last and (row["x"], row["y"]) == (deal["x"], deal["y"])


def _on_path(row: dict[str, Any], told: Debrief) -> bool:
    """Of the packages of one round, the one that was worth most to both together marks the way."""
    round_ = [each for each in told.body["packages"] if each["round"] == row["round"]]
    return row is max(round_, key=lambda each: (_is_deal(each, told), each["x"] + each["y"]))


def plots(told: Debrief) -> list[pareto.ParetoPlot]:
    """The same plot on a wide sheet and on a narrow one."""
    plot, names = told.body["plot"], told.names
    walk = plot["walk_away"]
    a = pareto.Side(names[plot["x"]], _percent(walk["x"]))
    b = pareto.Side(names[plot["y"]], _percent(walk["y"]))
    land = pareto.Land(
        cloud=[(_percent(x), _percent(y)) for x, y in plot["cloud"]],
        frontier=[(_percent(x), _percent(y)) for x, y in plot["frontier"]],
        nash=(_percent(plot["nash"]["x"]), _percent(plot["nash"]["y"])),
    )
    offers = [
        pareto.Offer(
            label=_label(row, told),
            a=_percent(row["x"]),
            b=_percent(row["y"]),
            is_deal=_is_deal(row, told),
            on_path=_on_path(row, told),
        )
        for row in told.body["packages"]
    ]
    return [pareto.draw(a, b, land, offers, sheet) for sheet in (pareto.WIDE, pareto.NARROW)]


def offer_rows(told: Debrief) -> list[OfferRow]:
    """The plot told as a table."""
    plot = told.body["plot"]
    walk = plot["walk_away"]
    order = [plot["x"], plot["y"]]
    return [
        OfferRow(
            label=_label(row, told),
            day=row["day"],
            event=row["event"],
            a=round(row["x"] / 10),
            b=round(row["y"] / 10),
            is_deal=_is_deal(row, told),
            below_a=row["x"] < walk["x"],
            below_b=row["y"] < walk["y"],
            moods=[MOODS[row["replies"][party]] for party in order if party in row["replies"]],
            terms=" · ".join(f"{term['text']} {term['value']}" for term in row["terms"]),
        )
        for row in told.body["packages"]
    ]


def _entered(told: Debrief) -> list[int]:
    lines = told.body["timeline"]
    return [line["day"] for line in lines if line["type"] == "stage-entered.1"]


def _bands(told: Debrief, last: int) -> Iterator[timeline.Band]:
    starts = [*_entered(told), last]
    for stage, (begin, end) in zip(told.view["stages"], pairwise(starts), strict=False):
        yield timeline.Band(stage["title"], begin, end)


def _days_with(told: Debrief, kind: str) -> list[float]:
    return [float(line["day"]) for line in told.body["timeline"] if line["type"] == kind]


def timelines(told: Debrief) -> list[timeline.Timeline]:
    """How the days went, on a wide sheet and on a narrow one."""
    curve, plot, clock = told.body["curve"], told.body["plot"], told.view["clock"]
    end = clock["day"]

    def trust(party: str) -> list[tuple[float, float]]:
        points = [(float(each["day"]), float(each["trust"][party])) for each in curve]
        return [*points, (float(end), points[-1][1])]

    days = timeline.Days(
        last=clock["days"],
        bands=list(_bands(told, end)),
        trust_a=trust(plot["x"]),
        trust_b=trust(plot["y"]),
        money=[(each["day"], each["budget"] / 100) for each in curve] + [(end, clock["budget_left"] / 100)],
        money_unit=told.unit,
        found=_days_with(told, "fact-learned.1"),
        sprung=_days_with(told, "trap-sprung.1"),
        offers=_days_with(told, "offer-made.1"),
    )
    return [timeline.draw(days, sheet) for sheet in (timeline.WIDE, timeline.NARROW)]


def radar(told: Debrief) -> competencies.Radar | None:
    """One corner for each competency that the scenario scores."""
    lines = told.body["score"]["competencies"]
    corners = [
        competencies.Corner(str(COMPETENCY_NAMES.get(line["code"], line["code"])), float(line["percent"]))
        for line in lines
    ]
    return competencies.draw(corners)
