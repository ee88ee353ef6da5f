"""A playbook: what somebody who knows the trade would do in a case, read from its texts by a person.

The engine does not know it, and the bots know nothing else that the view does not show.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Numbers = Mapping[str, float]
Formula = Callable[[Numbers], float]


@dataclass(frozen=True, slots=True)
class Step:
    """Something worth doing: how hard it is to see that, and what those do who do not see it."""

    kind: str
    name: str
    hard: float
    good: str | None = None
    poor: str | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number worth working out: from which known numbers, and what the unwary take instead."""

    name: str
    hard: float
    formula: Formula
    unwary: float
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Playbook:
    """Steps and estimates by stage, the lines of each paper that belong in it, and a package learnt by heart."""

    steps: Mapping[str, tuple[Step | Estimate, ...]]
    papers: Mapping[str, frozenset[str]]
    learnt: Mapping[str, float | str] = field(default_factory=dict)
    gates: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)


def _always(level: float) -> Formula:
    return lambda _numbers: level


def _fit(letter: str) -> Formula:
    weights = (25, 25, 20, 15, 10, 5)
    return lambda n: sum(w * n[f"{letter}{k}"] for k, w in enumerate(weights, start=1)) / 100


def _alarm(n: Numbers) -> float:
    working = n["s_detect"] / 100 * (1 - n["removed_share"] / 100) * (1 - n["s_dead"] / 100)
    return n["base_rate"] * (1 - working)


def _control(n: Numbers) -> float:
    prevented = n["flue_share"] * n["c_flue"] + n["install_share"] * n["c_install"]
    return n["base_rate"] * (1 - prevented / 10_000)


GAS_HEATER = Playbook(
    steps={
        "interview": (
            Step("read", "d_notice", 0.1),
            Step("act", "interview_chief", 0.4, "why", "specs"),
            Step("act", "interview_service", 0.45, "cases", "totals"),
            Step("read", "d_cases", 0.35),
            Step("act", "interview_quality", 0.45),
            Step("read", "d_cert", 0.35),
            Step("act", "site_visit", 0.5, "look", "demo"),
        ),
        "demand": (
            Step("assess", "problem", 0.45, "source", "cut"),
            Estimate("target", 0.45, lambda n: n["base_rate"] / n["cut"], 5.0),
            Step("draft", "sheet", 0.5),
            Step("act", "confirm_sheet", 0.45),
            Step("act", "release", 0.4, "targeted", "targeted"),
        ),
        "evidence": (
            Step("act", "sign_nda", 0.35, "written", "oral"),
            Step("act", "ask_combustion_data", 0.3),
            Step("read", "d_combustion_pack", 0.2),
            Step("act", "ask_sensor_data", 0.3),
            Step("read", "d_sensor_pack", 0.2),
            Step("act", "ask_catalyst_data", 0.4),
            Step("read", "d_catalyst_pack", 0.2),
            Step("read", "d_letter", 0.2),
            Step("act", "side_fee", 0.45, "disclose", "silence"),
            Step("act", "expert_review", 0.5),
            Step("read", "d_expert", 0.2),
            Step("act", "bench_test", 0.5),
        ),
        "compare": (
            Step("act", "panel", 0.45),
            Step("read", "d_panel", 0.2),
            Estimate("trl_sensor", 0.5, _always(6), 8),
            Estimate("trl_catalyst", 0.5, _always(4), 6),
            Estimate("trl_combustion", 0.5, _always(5), 7),
            Estimate("fit_sensor", 0.4, _fit("s"), 70),
            Estimate("fit_catalyst", 0.4, _fit("k"), 60),
            Estimate("fit_combustion", 0.4, _fit("c"), 70),
            Estimate("residual_alarm", 0.55, _alarm, 3.0, 1.6),
            Estimate("residual_control", 0.55, _control, 2.0, 1.6),
            Step("assess", "recommend", 0.35, "combustion", "sensor"),
            Step("act", "tell_losers", 0.5),
        ),
        "negotiate": (
            Step("act", "fee_contract", 0.5),
            Step("ask", "ask_c_test", 0.45),
            Step("ask", "ask_c_fear", 0.45),
            Step("ask", "ask_c_cash", 0.45),
            Step("ask", "ask_maker_rank", 0.45),
            Step("ask", "ask_maker_window", 0.45),
            Step("ask", "ask_s_need", 0.45),
            Step("ask", "ask_k_need", 0.45),
        ),
    },
    papers={
        "sheet": frozenset(
            {
                "k_problem",
                "k_boundary",
                "k_metric",
                "k_failure",
                "k_cert",
                "k_mustnot",
                "k_life",
                "k_test",
                "k_price",
            }
        ),
        "poc": frozenset(
            {
                "a_terms",
                "a_milestone",
                "a_accept",
                "a_ip",
                "a_secret",
                "a_report",
                "a_stop",
                "a_fee",
                "a_next",
            }
        ),
    },
    learnt={
        "limit": 75,
        "response": 20,
        "cost": 28,
        "fee": 20,
        "cycle": 14,
        "exclusivity": 9,
        "payment": "milestone",
    },
    gates={
        "t_fee": ("side_fee", "quiet"),
        "t_leak": ("pass_marks", None),
        "t_floor": ("leak_floor", None),
    },
)

PLAYBOOKS: Mapping[str, Playbook] = {"d-01-gas-heater": GAS_HEATER}
