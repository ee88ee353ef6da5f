"""Trial: a whole playtest as JSON values – every policy, every bar, and how well the scenario measures."""

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean, stdev
from typing import Any

from simulations.engine.scenario import ENGINE_VERSION, Scenario

from . import Bot, measuring
from .bars import bars
from .field import ATTEMPTS, TRAINEE, Ground, Outcome, hold, seats, trainees
from .policies import names

SCHEMA = 1
BINS = 50
FIELD = 200
WRITTEN = "written"
Json = dict[str, Any]
Outcomes = Mapping[str, Sequence[Outcome]]


def trial(
    scenario: Scenario, *, plays: int, seed: int, jobs: int = 1, field: int = FIELD, flavour: str | None = None
) -> Json:
    """Play every policy so many times, and a field of virtual trainees three times each."""
    flavours = _flavours(scenario, flavour)
    chosen = seats(scenario, names(scenario), plays, seed, flavours) + trainees(scenario, field, seed, flavours)
    outcomes, ground = hold(scenario, chosen, jobs=jobs)
    by_policy = {name: [each for each in outcomes if each.policy == name] for name in names(scenario)}
    crowd = [each for each in outcomes if each.policy == TRAINEE]
    report = {
        **_head(scenario, plays, seed),
        "field": field,
        "policies": {name: figures(done) for name, done in by_policy.items()},
        "flavours": _by_flavour(by_policy, ground),
        "items": _items(crowd, ground),
        "reliability": _reliability(crowd),
        "zopa": _zopa(ground),
        "histograms": {name: _histogram(done) for name, done in by_policy.items()},
    }
    return {**report, "bars": [bar.to_json() for bar in bars(scenario, by_policy, ground, report)]}


def solo(scenario: Scenario, bot: Callable[[], Bot], name: str, *, plays: int, seed: int, flavour: str | None) -> Json:
    """Play one bot alone, anybody's: its figures and no bars."""
    flavours = _flavours(scenario, flavour)
    outcomes, ground = hold(scenario, seats(scenario, [name], plays, seed, flavours), special=bot)
    done = {name: outcomes}
    return {
        **_head(scenario, plays, seed),
        "policies": {name: figures(outcomes)},
        "flavours": _by_flavour(done, ground),
        "bars": [],
    }


def _flavours(scenario: Scenario, only: str | None) -> tuple[str, ...]:
    if only is not None:
        return ("" if only == WRITTEN else only,)
    return ("", *scenario.flavours)


def _head(scenario: Scenario, plays: int, seed: int) -> Json:
    return {
        "schema": SCHEMA,
        "scenario": scenario.id,
        "version": scenario.version,
        "sha256": scenario.sha256,
        "engine": ENGINE_VERSION,
        "level": scenario.level,
        "pass_mark": scenario.pass_mark,
        "plays": plays,
        "seed": seed,
    }


def figures(done: Sequence[Outcome]) -> Json:
    """What one policy reached."""
    totals = [each.total for each in done]
    return {
        "mean": round(fmean(totals), 2),
        "sd": round(stdev(totals), 2) if len(totals) > 1 else 0.0,
        "n": len(done),
        "deal_rate": round(fmean(each.deal for each in done), 3),
        "walk_rate": round(fmean(each.walked for each in done), 3),
        "nash": round(fmean(each.nash for each in done), 3),
        "time_used": round(fmean(each.days for each in done), 3),
        "budget_used": round(fmean(each.budget for each in done), 3),
        "refused": round(fmean(each.refused for each in done), 2),
    }


def _histogram(done: Sequence[Outcome]) -> list[int]:
    """How many totals lie in each span of two points."""
    counts = [0] * BINS
    for each in done:
        counts[min(BINS - 1, int(each.total * BINS / 100))] += 1
    return counts


def _by_flavour(by_policy: Outcomes, ground: Sequence[Ground]) -> Json:
    told: Json = {}
    for flavour in dict.fromkeys(each.flavour for each in ground):
        here = [each for each in ground if each.flavour == flavour]
        there = {name: [each for each in done if each.flavour == flavour] for name, done in by_policy.items()}
        told[flavour or WRITTEN] = {
            "walk_right": here[0].walk_right,
            "zopa": _zopa(here),
            "policies": {name: figures(done) for name, done in there.items() if done},
        }
    return told


def _zopa(ground: Sequence[Ground]) -> Json:
    """The least and the most share of the grid that both sides could sign, where a deal is right."""
    shares = [each.zopa for each in ground if not each.walk_right]
    return {"least": round(min(shares), 4), "most": round(max(shares), 4)} if shares else {"least": None, "most": None}


def _items(crowd: Sequence[Outcome], ground: Sequence[Ground]) -> list[Json]:
    """How easy each item is for the field, and how it goes with the rest of the test."""
    ids = list(dict.fromkeys(name for each in ground for name in each.ids))
    told = []
    for name in ids:
        met = [each for each in crowd if name in each.shares]
        points = [each.items[name] for each in met]
        rest = [sum(each.items.values()) - each.items[name] for each in met]
        share = round(fmean(each.shares[name] for each in met), 3)
        told.append({"id": name, "p": share, "r_it": round(measuring.correlation(points, rest), 3)})
    return told


def _reliability(crowd: Sequence[Outcome]) -> Json:
    """Alpha over all attempts; from test and retest at different variants the error and the agreement of scores."""
    shared = [name for name in crowd[0].items if all(name in each.items for each in crowd)]
    rows = [[each.items[name] for name in shared] for each in crowd]
    persons: dict[int, list[float]] = {}
    for each in crowd:
        persons.setdefault(each.who, []).append(each.total)
    groups = list(persons.values())
    return {
        "alpha": round(measuring.alpha(rows), 3),
        "sem1": round(measuring.sem(groups, attempts=1), 2),
        "sem3": round(measuring.sem(groups, attempts=ATTEMPTS), 2),
        "icc1": round(measuring.icc(groups, attempts=1), 3),
        "icc3": round(measuring.icc(groups, attempts=ATTEMPTS), 3),
    }
