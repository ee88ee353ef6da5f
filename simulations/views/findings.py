"""A debrief in words: red lines, measures, what to mend, what was missed, every point."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simulations.enums import COMPETENCY_NAMES
from simulations.selectors.debriefs import ClassMedian, Debrief

from .words import cost, figure

HARD_GATE = 59
_HUMANS = "0.75"  # mean Comparable Pareto Efficiency of people (Yao, Li and Storme 2026)


@dataclass(frozen=True, slots=True)
class Link:
    """A moment of the timeline that something rests on."""

    event: int
    day: int


@dataclass(frozen=True, slots=True)
class Gate:
    """One red line: kept, or crossed at a moment."""

    text: str
    rule: str
    law: str
    cap: int | None
    moment: Link | None

    @property
    def is_hard(self) -> bool:
        return self.cap is not None and self.cap <= HARD_GATE


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the verdict with what it stands beside."""

    name: str | Promise
    value: str
    note: str | Promise


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that would have earned more."""

    gain: str
    text: str
    advice: str
    competency: str | Promise
    moments: list[Link]


@dataclass(frozen=True, slots=True)
class Missed:
    """Something that was never found out, and where it lay."""

    text: str
    places: list[str]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the rubric with its points, reasons and source."""

    id: str
    text: str
    points: str
    most: str
    competency: str | Promise
    moments: list[Link]
    source: str
    is_full: bool


def _moments(told: Debrief, events: list[int], most: int = 4) -> list[Link]:
    """The lines of the timeline that a point rests on; an event without a line of its own leads to the one before."""
    lines = [line["event"] for line in told.body["timeline"]]
    shown = [max((line for line in lines if line <= event), default=lines[0]) for event in events]
    return [Link(event, told.days_of[event]) for event in dict.fromkeys(shown)][:most]


def _points(number: str) -> str:
    return figure(round(float(number), 1))


def gates(told: Debrief) -> list[Gate]:
    """Every red line of the case, crossed ones first."""
    law = told.body["law"]
    rows = [
        Gate(
            text=gate["text"],
            rule=gate["rule"],
            law=law[gate["law"]]["cite"] if gate["law"] else "",
            cap=gate["cap"],
            moment=Link(gate["event"], told.days_of[gate["event"]]) if gate["event"] else None,
        )
        for gate in told.body["gates"]
    ]
    return sorted(rows, key=lambda gate: gate.moment is None)


_MEASURES: tuple[tuple[str, Any, Any], ...] = (
    ("joint", gettext_lazy("Joint gain"), gettext_lazy("of the most there was")),
    ("pareto", gettext_lazy("Pareto efficiency"), gettext_lazy("people in studies average %(mean)s")),
    ("nash", gettext_lazy("Nash product"), gettext_lazy("of the fairest best deal")),
    ("balance", gettext_lazy("Balance"), gettext_lazy("1 is an even split")),
)


def measures(told: Debrief) -> list[Measure]:
    """How the deal compares with what was possible; none without a deal, or where none was right."""
    measured = told.body["measures"]
    if measured is None or told.body["walk_right"]:
        return []
    rows = []
    for key, name, note in _MEASURES:
        share = measured[key]
        value = f"{round(share / 10)}%" if key == "joint" else f"{share / 1000:.2f}"
        rows.append(Measure(name, value, str(note) % {"mean": _HUMANS} if key == "pareto" else note))
    return rows


def improvements(told: Debrief) -> list[Finding]:
    """The three that would have brought most."""
    return [
        Finding(
            gain=_points(row["gain"]),
            text=row["text"],
            advice=row["advice"],
            competency=COMPETENCY_NAMES.get(row["comp"], row["comp"]),
            moments=_moments(told, row["evidence"], most=1),
        )
        for row in told.body["improvements"]
        if _points(row["gain"]) != "0"
    ]


def competencies(told: Debrief, middle: ClassMedian | None) -> list[dict[str, Any]]:
    """Competencies as rows: name, weight, per cent reached, and the middle of the class where it is shown."""
    return [
        {
            "name": COMPETENCY_NAMES.get(line["code"], line["code"]),
            "code": line["code"],
            "weight": round(float(line["weight"]) * 100),
            "percent": round(float(line["percent"])),
            "middle": round(middle.competencies[line["code"]])
            if middle and line["code"] in middle.competencies
            else None,
        }
        for line in told.body["score"]["competencies"]
    ]


def place_of(told: Debrief, where: dict[str, Any]) -> str:
    if where["kind"] == "document":
        return _("in the paper “%(title)s”") % {"title": where["text"]}
    if where["kind"] == "effect":
        return _("what the terms brought: %(text)s") % {"text": where["text"]}
    needed = _(", trust of %(trust)s") % {"trust": where["trust"]} if where["trust"] else ""
    return f"{where['text']} · {cost(where, told.unit)}{needed}"


def missed(told: Debrief) -> list[Missed]:
    """Key facts that were never found, with every place where they lay."""
    return [
        Missed(fact["text"], [place_of(told, where) for where in fact["where"]])
        for fact in told.body["missed"]
        if fact["key"]
    ]


def _source(told: Debrief, item: dict[str, Any]) -> str:
    lang = told.view["lang"]
    said = [item["source"][lang]] if item["source"] else []
    if item["law"]:
        law = told.body["law"][item["law"]]
        said.append(_("%(cite)s (as of %(day)s)") % {"cite": law["cite"], "day": law["as_of"]})
    return _("; ").join(said) or _("checklist of this case")


@dataclass(frozen=True, slots=True)
class Items:
    """The lines of the rubric that lost points, what was lost most first, and those that did not."""

    lost: list[Item]
    kept: list[Item]

    @property
    def count(self) -> int:
        return len(self.lost) + len(self.kept)


def items(told: Debrief) -> Items:
    """Every line of the rubric."""
    lang = told.view["lang"]
    rows = sorted(told.body["score"]["items"], key=lambda item: float(item["points"]) - float(item["max"]))
    lines = [
        Item(
            id=item["id"],
            text=item["text"][lang],
            points=_points(item["points"]),
            most=_points(item["max"]),
            competency=COMPETENCY_NAMES.get(item["comp"], item["comp"]),
            moments=_moments(told, item["evidence"]),
            source=_source(told, item),
            is_full=item["points"] == item["max"],
        )
        for item in rows
    ]
    return Items([line for line in lines if not line.is_full], [line for line in lines if line.is_full])
