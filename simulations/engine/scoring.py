"""Scoring: rubric items, each with its points, its reason and the numbers of the events that show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .conditions import holds, keys
from .lawbook import may_gate
from .metrics import DEAL_METRICS, FORMULAS, METRICS, measured_of
from .parts import Item
from .scenario import Scenario
from .state import State
from .utility import curve_at
from .wire import points

HARD_GATE = 59
SENIOR_PASS = 75


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One line of the report. `evidence` numbers the events that the points rest on.

    In `formula`, g is a side's gain above its walk-away, b the most it could gain, n counts and N is all.
    """

    id: str
    comp: str
    points: Decimal
    max: Decimal
    text: dict[str, str]
    advice: dict[str, str]
    evidence: tuple[int, ...]
    formula: str
    source: dict[str, str]
    law: str


@dataclass(frozen=True, slots=True)
class CompetencyScore:
    """One competency: its weight in the total, and per cent of a denominator that never changes."""

    code: str
    weight: Decimal
    points: Decimal
    max: Decimal
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Gate:
    """A trap that limits the total."""

    trap: str
    rule: str
    cap: int
    hard: bool
    text: dict[str, str]
    event: int


@dataclass(frozen=True, slots=True)
class Override:
    """A reviewer's points for one item, with the reason."""

    item: str
    points: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Score:
    """The result. `raw` is the total before gates; `total` is what counts."""

    total: Decimal
    raw: Decimal
    passed: bool
    pass_mark: int
    competencies: tuple[CompetencyScore, ...]
    items: tuple[ItemScore, ...]
    gates: tuple[Gate, ...]
    rubric_sha: str


def score(sc: Scenario, st: State, overrides: Sequence[Override] = ()) -> Score:
    """Score an attempt. The same events under the same rubric give the same score for ever."""
    changed = {override.item: override for override in overrides}
    measured = measured_of(sc, st)
    exact = [(item, *_earned(sc, st, item, measured)) for item in sc.rubric]
    earned = {
        item.id: min(float(changed[item.id].points), item.points) if item.id in changed else share * item.points
        for item, share, _ in exact
    }
    raw, competencies = _weighed(sc, earned)
    gates = _gates(sc, st)
    total = points(min([raw, *(float(gate.cap) for gate in gates)]))
    return Score(
        total=total,
        raw=points(raw),
        passed=total >= sc.pass_mark and not any(gate.hard for gate in gates),
        pass_mark=sc.pass_mark,
        competencies=competencies,
        items=tuple(_line(sc, st, item, earned[item.id], trail) for item, _, trail in exact),
        gates=gates,
        rubric_sha=sc.rubric_sha,
    )


def _weighed(sc: Scenario, earned: dict[str, float]) -> tuple[float, tuple[CompetencyScore, ...]]:
    lines, total = [], 0.0
    for code, weight in sc.competencies.items():
        mine = [item for item in sc.rubric if item.comp == code]
        got, most = sum(earned[item.id] for item in mine), sum(item.points for item in mine)
        percent = 100 * got / most
        total += weight * percent
        lines.append(CompetencyScore(code, points(weight), points(got), points(most), points(percent)))
    return total, tuple(lines)


def _gates(sc: Scenario, st: State) -> tuple[Gate, ...]:
    gates = []
    for name, seq in st.traps.items():
        trap = sc.traps[name]
        if trap.cap is not None and may_gate(sc, trap):
            text = {"zh": sc.say(trap.text, "zh"), "en": sc.say(trap.text, "en")}
            gates.append(Gate(name, trap.rule, trap.cap, trap.cap <= HARD_GATE, text, seq))
    return tuple(gates)


def _line(sc: Scenario, st: State, item: Item, got: float, trail: tuple[str, ...]) -> ItemScore:
    evidence = sorted({seq for key in trail for seq in st.seen.get(key, ())})
    return ItemScore(
        id=item.id,
        comp=item.comp,
        points=points(got),
        max=points(item.points),
        text={lang: sc.say(item.text, lang) for lang in ("zh", "en")},
        advice={lang: sc.say(item.advice, lang) for lang in ("zh", "en")},
        evidence=tuple(evidence) or _silence(sc, st, item),
        formula=FORMULAS[item.metric or "condition"],
        source={lang: sc.say(item.source, lang) for lang in ("zh", "en")} if item.source else {},
        law=item.law or "",
    )


def _silence(sc: Scenario, st: State, item: Item) -> tuple[int, ...]:
    """What was never done is shown by the moment when it could no longer be done: the end, or now."""
    return st.seen.get("ended", (st.seq,))[-1:]


def _earned(sc: Scenario, st: State, item: Item, measured: dict[str, float]) -> tuple[float, tuple[str, ...]]:
    if item.metric is None:
        return float(holds(item.when, st)), tuple(keys(item.when))
    trail: tuple[str, ...] = ("deal", "broken", "offer", "ended") if sc.walk_right else ("deal", "broken", "offer")
    if item.metric in measured or item.metric in DEAL_METRICS:
        value = measured.get(item.metric, 0.0)
    else:
        value, trail = METRICS[item.metric](sc, st, item.arg or "")
    if item.when is not None and not holds(item.when, st):
        value = 0.0
    shown = (*trail, *keys(item.when))
    return (max(0.0, min(1.0, curve_at(item.curve, value))) if item.curve else value), shown
