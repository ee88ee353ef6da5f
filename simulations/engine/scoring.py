"""Scoring: rubric items, each with its points, its reason and the numbers of the events that show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .conditions import holds, keys
from .frontier import measures
from .parts import Item
from .scenario import Scenario
from .state import State
from .utility import curve_at
from .valuation import credit
from .wire import points

HARD_GATE = 59
SENIOR_PASS = 75
Reading = tuple[float, tuple[str, ...]]
FORMULAS = {
    "condition": "1 | 0",
    "key_facts": "n / N",
    "assess": "1 − |x − t| / s",
    "clauses": "n / N − h / 3",
    "trust_min": "min(t₁, t₂) / 100",
    "rounds": "1 − n / N",
    "days_left": "d / D",
    "joint": "(g₁ + g₂) / max(g₁ + g₂)",
    "nash": "g₁ · g₂ / max(g₁ · g₂)",
    "balance": "min(g₁/b₁, g₂/b₂) / max(g₁/b₁, g₂/b₂)",
    "pareto": "n₋ / (n₋ + n₊)",
    "principal": "g₁ / b₁",
    "partner": "g₂ / b₂",
}


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
    measured = _measured(sc, st)
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
        if trap.cap is not None:
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


def _measured(sc: Scenario, st: State) -> dict[str, float]:
    return measures(sc, st.partner, st.deal) if st.deal is not None else {}


def _earned(sc: Scenario, st: State, item: Item, measured: dict[str, float]) -> tuple[float, tuple[str, ...]]:
    if item.metric is None:
        return float(holds(item.when, st)), tuple(keys(item.when))
    trail: tuple[str, ...] = ("deal", "broken", "offer")
    if item.metric in DEAL_METRICS:
        value = measured.get(item.metric, 0.0)
    else:
        value, trail = METRICS[item.metric](sc, st, item.arg or "")
    if item.when is not None and not holds(item.when, st):
        value = 0.0
    shown = (*trail, *keys(item.when))
    return (max(0.0, min(1.0, curve_at(item.curve, value))) if item.curve else value), shown


def _key_facts(sc: Scenario, st: State, arg: str) -> Reading:
    stages = [name.strip() for name in arg.split(",")]
    wanted = [name for name, fact in sc.facts.items() if fact.key and fact.stage in stages]
    found = [name for name in wanted if name in st.facts]
    return len(found) / len(wanted), tuple(f"fact:{name}" for name in found)


def _assessed(sc: Scenario, st: State, arg: str) -> Reading:
    names = [name.strip() for name in arg.split(",")]
    shares = [credit(sc, name, st.answers[name]) if name in st.answers else 0.0 for name in names]
    return sum(shares) / len(shares), tuple(f"assess:{name}" for name in names)


def _clauses(sc: Scenario, st: State, arg: str) -> Reading:
    clauses = sc.drafts[arg].clauses
    written = st.drafts.get(arg, ())
    required = [name for name, clause in clauses.items() if clause.role == "required"]
    recall = sum(name in written for name in required) / len(required)
    harmful = sum(clauses[name].role == "harmful" for name in written)
    return max(0.0, recall - harmful / 3), (f"drafted:{arg}",)


def _trust_min(sc: Scenario, st: State, arg: str) -> Reading:
    parties = [name.strip() for name in arg.split(",")] if arg else [sc.talks.principal, st.partner]
    present = [name for name in parties if name]
    if len(present) < 2 and not arg:
        return 0.0, ("partner",)
    return min(st.trust[name] for name in present) / 100, ("started", *(f"trust:{name}" for name in present))


def _rounds(sc: Scenario, st: State, arg: str) -> Reading:
    left = 1 - len(st.offers) / sc.talks.rounds if st.deal is not None else 0.0
    return left, ("deal", "offer")


def _days_left(sc: Scenario, st: State, arg: str) -> Reading:
    return st.days_left / sc.days, ("ended",)


METRICS: dict[str, Callable[[Scenario, State, str], Reading]] = {
    "key_facts": _key_facts,
    "assess": _assessed,
    "clauses": _clauses,
    "trust_min": _trust_min,
    "rounds": _rounds,
    "days_left": _days_left,
}
DEAL_METRICS = ("joint", "nash", "balance", "pareto", "principal", "partner")
