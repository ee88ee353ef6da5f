"""How a class played a case: deals, items, competencies, traps, and three things to talk about."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from simulations.engine.scenario import Scenario
from simulations.enums import COMPETENCY_NAMES
from simulations.models import Assignment, AttemptDigest, ScoreRun
from simulations.selectors.scenarios import engine_language, scenario_in

_STEP = 10


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of the rubric over the class: the share of its points that was earned, and how many earned none."""

    id: str
    comp: str
    text: str
    advice: str
    share: float
    none: int
    lost: float


@dataclass(frozen=True, slots=True)
class TrapLine:
    """One trap, and how many attempts sprang it."""

    id: str
    text: str
    rule: str
    count: int
    caps: bool


@dataclass(frozen=True, slots=True)
class FactLine:
    """One key fact, and how many attempts never found it."""

    id: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal without a name: what it left each side, in per cent of the most that side could gain."""

    own: float
    other: float
    passed: bool


@dataclass(frozen=True, slots=True)
class ClassRecord:
    """Everything that a class page shows; `attempts` counts ended ones, each person's best stands in `bests`."""

    assignment: Assignment
    attempts: int
    people: int
    bests: list[Decimal]
    passed: int
    deals: list[Deal]
    walked: int
    minutes: int | None
    items: list[ItemLine]
    competencies: list[tuple[str, int, float]]
    traps: list[TrapLine]
    missed: list[FactLine]
    pass_mark: int

    @property
    def bars(self) -> list[int]:
        """How many people's best score lies in each step of ten."""
        counts = [0] * 10
        for best in self.bests:
            counts[min(9, int(best) // _STEP)] += 1
        return counts

    @property
    def middle(self) -> float | None:
        """The median of the best scores."""
        return float(median(self.bests)) if self.bests else None

    @property
    def wasted(self) -> int:
        """Deals that left either side less than half of what it could have gained."""
        return sum(min(deal.own, deal.other) < 50 for deal in self.deals)


def _latest_runs(assignment: Assignment) -> list[ScoreRun]:
    """The standing score of every ended attempt under an assignment (one query)."""
    runs = ScoreRun.objects.filter(attempt__assignment=assignment).order_by("attempt", "seq")
    return list({run.attempt_id: run for run in runs.select_related("attempt")}.values())


def class_record(assignment: Assignment) -> ClassRecord:
    """How the class of an assignment played (three queries, whatever its size)."""
    runs = _latest_runs(assignment)
    digests = {digest.attempt_id: digest for digest in AttemptDigest.objects.filter(attempt__assignment=assignment)}
    scenario, lang = scenario_in(assignment.scenario_version), engine_language()
    best: dict[int, ScoreRun] = {}
    for run in runs:
        there = best.get(run.attempt.person_id)
        best[run.attempt.person_id] = run if there is None or run.total > there.total else there
    seen = list(digests.values())
    return ClassRecord(
        assignment=assignment,
        attempts=len(runs),
        people=len(best),
        bests=sorted(run.total for run in best.values()),
        passed=sum(run.passed for run in best.values()),
        deals=_deals(runs, digests),
        walked=sum(not digest.dealt for digest in seen),
        minutes=round(median(digest.seconds for digest in seen) / 60) if seen else None,
        items=_items(runs, lang),
        competencies=_competencies(runs),
        traps=_traps(scenario, seen, lang),
        missed=_missed(scenario, seen, lang),
        pass_mark=scenario.pass_mark,
    )


def _deals(runs: Sequence[ScoreRun], digests: dict[int, AttemptDigest]) -> list[Deal]:
    found = [(run, digests[run.attempt_id]) for run in runs if run.attempt_id in digests]
    return [Deal(each.own / 10, each.other / 10, run.passed) for run, each in found if each.dealt]


def _items(runs: Sequence[ScoreRun], lang: str) -> list[ItemLine]:
    """Items as the standing scores tell them, the one that cost the class most first."""
    shares: dict[str, list[float]] = defaultdict(list)
    lost: dict[str, float] = defaultdict(float)
    last: dict[str, dict[str, Any]] = {}
    for run in runs:
        for line in run.parts["items"]:
            got, most = float(line["points"]), float(line["max"])
            shares[line["id"]].append(got / most if most else 0.0)
            lost[line["id"]] += most - got
            last[line["id"]] = line
    lines = [
        ItemLine(
            id=name,
            comp=line["comp"],
            text=line["text"][lang],
            advice=line["advice"].get(lang, ""),
            share=sum(shares[name]) / len(shares[name]),
            none=sum(share == 0 for share in shares[name]),
            lost=lost[name] / len(shares[name]),
        )
        for name, line in last.items()
    ]
    return sorted(lines, key=lambda line: (-line.lost, line.id))


def _competencies(runs: Sequence[ScoreRun]) -> list[tuple[str, int, float]]:
    """Code, median per cent and weight of every competency."""
    found: dict[str, list[float]] = defaultdict(list)
    weights: dict[str, float] = {}
    for run in runs:
        for line in run.parts["competencies"]:
            found[line["code"]].append(float(line["percent"]))
            weights[line["code"]] = float(line["weight"])
    return [(code, round(median(percents)), weights[code]) for code, percents in found.items()]


def _traps(scenario: Scenario, digests: Sequence[AttemptDigest], lang: str) -> list[TrapLine]:
    counts = Counter(name for digest in digests for name in digest.traps)
    return [
        TrapLine(name, scenario.say(trap.text, lang), trap.rule, count, trap.cap is not None)
        for name, count in counts.most_common()
        if (trap := scenario.traps.get(name)) is not None
    ]


def _missed(scenario: Scenario, digests: Sequence[AttemptDigest], lang: str) -> list[FactLine]:
    counts = Counter(name for digest in digests for name in digest.missed)
    return [
        FactLine(name, scenario.say(fact.text, lang), count)
        for name, count in counts.most_common()
        if (fact := scenario.facts.get(name)) is not None
    ]


def competency_names(record: ClassRecord) -> list[tuple[str, int]]:
    """Every competency by name with the class's median."""
    return [(str(COMPETENCY_NAMES.get(code, code)), percent) for code, percent, _weight in record.competencies]
