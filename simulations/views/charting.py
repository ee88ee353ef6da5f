"""From a debrief to its figures: which values go into which drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.design.charts import (
    Axis,
    Curves,
    Moments,
    RadarChart,
    ScatterChart,
    Series,
    Spot,
    SpotWords,
    Stage,
    Stairs,
    TimelineChart,
)
from simulations.enums import COMPETENCY_NAMES
from simulations.selectors.debriefs import ClassMedian, Debrief

from .words import MOODS, figure


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
    moods: list[str]
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


def frontier(told: Debrief) -> ScatterChart:
    """What was possible, and one's own packages on the way to it."""
    plot = told.body["plot"]
    x, y = (_axis(told, side, kind) for side, kind in (("x", "c-party-a"), ("y", "c-party-b")))
    return ScatterChart(
        title=_("Worth of each offer to %(a)s (across) and %(b)s (up)") % {"a": told.a_name, "b": told.b_name},
        description=_plot_words(told),
        x=x,
        y=y,
        cloud=[(_percent(a), _percent(b)) for a, b in plot["cloud"]],
        frontier=[(_percent(a), _percent(b)) for a, b in plot["frontier"]],
        spots=[_spot(row, told) for row in told.body["packages"]],
        mark=(_percent(plot["nash"]["x"]), _percent(plot["nash"]["y"])),
        words=SpotWords(
            spots=_("your offers, by round"),
            key=pgettext("simulation", "Deal"),
            frontier=_("frontier"),
            zone=_("both would sign"),
            mark=_("Nash point"),
        ),
    )


def _axis(told: Debrief, side: str, kind: str) -> Axis:
    plot = told.body["plot"]
    name, floor = told.names[plot[side]], _percent(plot["walk_away"][side])
    return Axis(
        title=_("Worth to %(name)s") % {"name": name},
        floor=floor,
        floor_name=_("%(name)s leaves below %(value)s") % {"name": name, "value": round(floor)},
        kind=kind,
    )


def _spot(row: dict[str, Any], told: Debrief) -> Spot:
    return Spot(
        label=_label(row, told),
        x=_percent(row["x"]),
        y=_percent(row["y"]),
        is_key=_is_deal(row, told),
        on_path=_on_path(row, told),
    )


def _plot_words(told: Debrief) -> str:
    """The plot in a sentence or two."""
    plot = told.body["plot"]
    words = {
        "count": len(plot["offers"]),
        "a": told.a_name,
        "b": told.b_name,
        "floor_a": round(plot["walk_away"]["x"] / 10),
        "floor_b": round(plot["walk_away"]["y"] / 10),
    }
    floors = _("%(a)s leaves below %(floor_a)s, %(b)s below %(floor_b)s; %(count)s packages were put forward.") % words
    if plot["deal"] is None:
        return floors + " " + _("None was accepted by both.")
    deal = {"a": round(plot["deal"]["x"] / 10), "b": round(plot["deal"]["y"] / 10)}
    return floors + " " + _("The deal is worth %(a)s and %(b)s.") % deal


def offer_rows(told: Debrief) -> list[OfferRow]:
    """The plot told as a table."""
    plot = told.body["plot"]
    walk = plot["walk_away"]
    order, names = [plot["x"], plot["y"]], told.names
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
            moods=[f"{names[party]} {MOODS[row['replies'][party]].word}" for party in order if party in row["replies"]],
            terms=" · ".join(f"{term['text']} {term['value']}" for term in row["terms"]),
        )
        for row in told.body["packages"]
    ]


def _entered(told: Debrief) -> list[int]:
    lines = told.body["timeline"]
    return [line["day"] for line in lines if line["type"] == "stage-entered.1"]


def _stages(told: Debrief, last: int) -> Iterator[Stage]:
    starts = [*_entered(told), last]
    for stage, (begin, end) in zip(told.view["stages"], pairwise(starts), strict=False):
        yield Stage(stage["title"], begin, end)


def _days_with(told: Debrief, kind: str) -> list[float]:
    return [float(line["day"]) for line in told.body["timeline"] if line["type"] == kind]


def days(told: Debrief) -> TimelineChart:
    """How the days went: trust of both sides, money left, clues, offers and traps over the stages."""
    plot, end = told.body["plot"], told.view["clock"]["day"]
    trust = [_trust(told, party) for party in (plot["x"], plot["y"])]
    names = [_("trust of %(name)s") % {"name": name} for name in (told.a_name, told.b_name)]
    return TimelineChart(
        title=_("Trust, money and clues by the day"),
        description=_days_words(told, trust),
        page_wide=True,
        days=told.view["clock"]["days"],
        stages=list(_stages(told, end)),
        lanes=[
            Curves(pgettext("simulation", "Trust"), list(zip(names, trust, strict=True))),
            Stairs(pgettext("simulation", "Money"), told.unit, _money(told)),
            Moments(
                pgettext("simulation", "Clues"),
                [
                    (_("clue found"), "dot", _days_with(told, "fact-learned.1")),
                    (_("key clue missed, at the end of its stage"), "ring", _missed_days(told)),
                    (_("round of offers"), "tick", _days_with(told, "offer-made.1")),
                    (_("trap sprung"), "peak", _days_with(told, "trap-sprung.1")),
                ],
            ),
        ],
    )


def _missed_days(told: Debrief) -> list[float]:
    """The day on which the stage of each missed key clue was left; those of stages not reached are left out."""
    left = [*_entered(told)[1:], told.view["clock"]["day"]]
    ends = dict(zip((stage["id"] for stage in told.view["stages"]), left, strict=False))
    stages = [told.stage_of[fact["fact"]] for fact in told.body["missed"] if fact["key"]]
    return sorted(float(ends[stage]) for stage in stages if stage in ends)


def _trust(told: Debrief, party: str) -> list[tuple[float, float]]:
    points = [(float(each["day"]), float(each["trust"][party])) for each in told.body["curve"]]
    return [*points, (float(told.view["clock"]["day"]), points[-1][1])]


def _money(told: Debrief) -> list[tuple[float, float]]:
    clock = told.view["clock"]
    spent = [(float(each["day"]), each["budget"] / 100) for each in told.body["curve"]]
    return [*spent, (float(clock["day"]), clock["budget_left"] / 100)]


def _days_words(told: Debrief, trust: list[list[tuple[float, float]]]) -> str:
    a, b = trust
    return _(
        "Trust of %(a)s went from %(from_a)s to %(to_a)s, of %(b)s from %(from_b)s to %(to_b)s; "
        "%(money)s %(unit)s were left at the end."
    ) % {
        "a": told.a_name,
        "from_a": figure(a[0][1]),
        "to_a": figure(a[-1][1]),
        "b": told.b_name,
        "from_b": figure(b[0][1]),
        "to_b": figure(b[-1][1]),
        "money": figure(_money(told)[-1][1]),
        "unit": told.unit,
    }


def radar(told: Debrief, middle: ClassMedian | None) -> RadarChart:
    """One corner for each competency that the scenario scores; beside it the middle of the class."""
    lines = told.body["score"]["competencies"]
    reached = [(str(COMPETENCY_NAMES.get(line["code"], line["code"])), round(float(line["percent"]))) for line in lines]
    best, worst = max(reached, key=itemgetter(1)), min(reached, key=itemgetter(1))
    words = {"best": best[0], "most": best[1], "worst": worst[0], "least": worst[1]}
    series = [Series(_("reached"), [percent for _name, percent in reached])]
    if middle:
        name = _("class median, %(count)s attempts") % {"count": middle.attempts}
        series.append(Series(name, [round(middle.competencies.get(line["code"], 0)) for line in lines]))
    return RadarChart(
        title=_("Competencies"),
        description=_("Strongest: %(best)s with %(most)s. Weakest: %(worst)s with %(least)s.") % words,
        axes=[name for name, _percent_ in reached],
        series=series,
    )
