"""Metrics: what can be measured of an attempt, each as a share between 0 and 1 with the trail of its evidence."""

from collections.abc import Callable

from .conditions import holds
from .scenario import Scenario
from .sheets import Clause
from .state import State
from .truths import credit, figures_right

Reading = tuple[float, tuple[str, ...]]
FORMULAS = {
    "condition": "1 | 0",
    "key_facts": "n / N",
    "assess": "1 − |x − t| / s",
    "figures": "1 − |x − t| / (t / 4)",
    "clauses": "n / N − h / 3",
    "walked": "n / N",
    "trust_min": "min(t₁, t₂) / 100",
    "rounds": "1 − n / N",
    "days_left": "d / D",
    "joint": "(g₁ + g₂) / max(g₁ + g₂)",
    "nash": "g₁ · g₂ / max(g₁ · g₂)",
    "balance": "min(g₁/b₁, g₂/b₂) / max(g₁/b₁, g₂/b₂)",
    "pareto": "n₋ / (n₋ + n₊)",
    "principal": "g₁ / b₁",
    "partner": "g₂ / b₂",
    "own": "g₁ / b₁",
}


def measured_of(sc: Scenario, st: State) -> dict[str, float]:
    """What the deal is worth; where no deal is right, what walking away in the know is worth stands for all of it."""
    if sc.walk_right:
        return dict.fromkeys((*DEAL_METRICS, "rounds"), _walked(sc, st, "")[0])
    if st.deal is None:
        return {}
    from .frontier import measures  # noqa: PLC0415 -- numpy is loaded when the first deal is measured

    measured = measures(sc, st.partner, st.deal)
    return {**measured, "own": measured["principal"]}


def _key_facts(sc: Scenario, st: State, arg: str) -> Reading:
    stages = [name.strip() for name in arg.split(",")]
    wanted = [name for name, fact in sc.facts.items() if fact.key and fact.stage in stages]
    found = [name for name in wanted if name in st.facts]
    return len(found) / len(wanted) if wanted else 0.0, tuple(f"fact:{name}" for name in found)


def _assessed(sc: Scenario, st: State, arg: str) -> Reading:
    names = [name.strip() for name in arg.split(",")]
    shares = [credit(sc, name, st.answers[name]) if name in st.answers else 0.0 for name in names]
    return sum(shares) / len(shares), tuple(f"assess:{name}" for name in names)


def _figures(sc: Scenario, st: State, arg: str) -> Reading:
    share = figures_right(sc, arg, st.answers[arg]) if arg in st.answers else 0.0
    return share, (f"assess:{arg}",)


def _walked(sc: Scenario, st: State, arg: str) -> Reading:
    """Walking away earns as much as was known of what speaks for it: the facts named, or those that bear on it."""
    named = [name.strip() for name in arg.split(",") if name.strip()] or reasons_to_walk(sc)
    known = [name for name in named if name in st.facts]
    share = len(known) / len(named) if named else 1.0
    return share if st.ended_how == "walked-away" and st.deal is None else 0.0, (
        "ended",
        *(f"fact:{name}" for name in known),
    )


def reasons_to_walk(sc: Scenario) -> list[str]:
    """The facts that bear on an answer which means not to deal."""
    walking = {
        f"assess:{name}:{key}"
        for name, each in sc.assessments.items()
        for key, choice in each.answers.items()
        if choice.walk
    }
    return [name for name, fact in sc.facts.items() if any(b.on in walking and not b.against for b in fact.bears)]


def _clauses(sc: Scenario, st: State, arg: str) -> Reading:
    clauses = sc.drafts[arg].clauses
    written = st.drafts.get(arg, ())
    required = [name for name, clause in clauses.items() if is_required(clause, st)]
    recall = sum(name in written for name in required) / len(required) if required else 1.0
    harmful = sum(clauses[name].role == "harmful" for name in written)
    return max(0.0, recall - harmful / 3) if arg in st.drafts else 0.0, (f"drafted:{arg}",)


def is_required(clause: Clause, st: State) -> bool:
    """Whether a line had to be written, as the case has come out."""
    if clause.role == "required":
        return True
    return clause.role == "useful" and clause.needed_if is not None and holds(clause.needed_if, st)


def _trust_min(sc: Scenario, st: State, arg: str) -> Reading:
    own = [] if sc.protocol == "side" else [sc.talks.principal]
    parties = [name.strip() for name in arg.split(",")] if arg else [*own, st.partner]
    present = [name for name in parties if name]
    if len(present) < len(parties):
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
    "figures": _figures,
    "clauses": _clauses,
    "walked": _walked,
    "trust_min": _trust_min,
    "rounds": _rounds,
    "days_left": _days_left,
}
DEAL_METRICS = ("joint", "nash", "balance", "pareto", "principal", "partner", "own")
