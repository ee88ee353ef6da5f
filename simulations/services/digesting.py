"""The figures of an ended attempt that queues and class pages ask for, written once when it ends."""

import json
from datetime import datetime
from hashlib import blake2b
from typing import Any

from simulations.engine.frontier import measures
from simulations.engine.scenario import Scenario
from simulations.engine.state import State
from simulations.engine.wire import thousandths
from simulations.models import Attempt, AttemptDigest

# Less than a quarter of the time that a case asks for: quicker than its texts can be read.
FAST_SHARE = 4
# From this share of the best Nash product a deal is near the optimum; without a question nobody gets there by skill.
NEAR_NASH = 850


def write_digest(*, attempt: Attempt, scenario: Scenario, state: State, ended_at: datetime) -> AttemptDigest:
    """Keep the figures of an attempt that has just ended."""
    reached = measures(scenario, state.partner, state.deal) if state.deal is not None else {}
    seconds = max(0, round((ended_at - attempt.started_at).total_seconds()))
    questions = asked(scenario, state)
    nash = thousandths(reached.get("nash", 0.0))
    return AttemptDigest.objects.create(
        attempt=attempt,
        variant_no=scenario.variant_no,
        flavour=scenario.flavour_now,
        ended_how=state.ended_how,
        seconds=seconds,
        days=state.day,
        rounds=len(state.offers),
        questions=questions,
        dealt=state.deal is not None,
        own=thousandths(reached.get("principal", 0.0)),
        other=thousandths(reached.get("partner", 0.0)),
        nash=nash,
        pareto=thousandths(reached.get("pareto", 0.0)),
        terms_hash=terms_hash(scenario.id, state.deal) if state.deal is not None else "",
        traps=sorted(state.traps),
        missed=[name for name, fact in scenario.facts.items() if fact.key and name not in state.facts],
        gated=any(scenario.traps[name].cap is not None for name in state.traps),
        fast=seconds * FAST_SHARE < scenario.minutes * 60,
        unasked=state.deal is not None and not questions and nash >= NEAR_NASH,
    )


def asked(scenario: Scenario, state: State) -> int:
    """How many questions were put, evaded ones among them."""
    put = (moment for moment in state.journal if moment.type in ("action-taken.1", "question-evaded.1"))
    return sum(scenario.actions[moment.data["action"]].kind == "ask" for moment in put)


def terms_hash(scenario_id: str, terms: dict[str, Any]) -> str:
    """One word for the terms of a deal, whatever the order they were named in."""
    named = json.dumps([scenario_id, {name: terms[name] for name in sorted(terms)}], ensure_ascii=False)
    return blake2b(named.encode(), digest_size=16).hexdigest()
