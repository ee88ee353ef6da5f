"""Ending an attempt: the score is written down, and a pass that counts is reported where it counts."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from lms.mailing.services.announcing import announce
from simulations.engine.scenario import Scenario
from simulations.engine.scoring import Score, score
from simulations.engine.state import State
from simulations.engine.wire import plain
from simulations.enums import AttemptState
from simulations.models import Attempt, ScoreRun

from .digesting import write_digest
from .papers import hand_over_papers
from .reporting import report


@transaction.atomic
def close_attempt(*, attempt: Attempt, scenario: Scenario, state: State, now: datetime) -> ScoreRun:
    """Score an attempt that has just ended, and post what a counted pass earns."""
    attempt.state = AttemptState.ENDED
    attempt.ended_at = now
    attempt.save(update_fields=["state", "ended_at"])
    run = write_score(attempt=attempt, result=score(scenario, state), seq=1, now=now)
    write_digest(attempt=attempt, scenario=scenario, state=state, ended_at=now)
    hand_over_papers(attempt=attempt, scenario=scenario, state=state, now=now)
    report(attempt=attempt, run=run, now=now)
    _tell(attempt, run, now)
    return run


def write_score(*, attempt: Attempt, result: Score, seq: int, now: datetime, **cause: Any) -> ScoreRun:
    """Keep one score of an attempt, with every item, competency and gate it rests on; a later one with its cause."""
    return ScoreRun.objects.create(
        attempt=attempt,
        seq=seq,
        rubric_sha=result.rubric_sha,
        total=result.total,
        passed=result.passed,
        parts=score_parts(result),
        gates=plain(result.gates),
        at=now,
        **cause,
    )


def score_parts(result: Score) -> dict[str, object]:
    """The body of a score as it is kept, and compared by an audit."""
    return {
        "raw": plain(result.raw),
        "pass_mark": result.pass_mark,
        "competencies": plain(result.competencies),
        "items": plain(result.items),
    }


def _tell(attempt: Attempt, run: ScoreRun, now: datetime) -> None:
    scenario = attempt.scenario_version
    announce(
        to=attempt.person.user,
        kind="debrief-ready",
        subject_ref=f"simulations.attempt:{attempt.uid}",
        context={
            "scenario": {"zh": scenario.title, "en": scenario.title_en},
            "score": f"{run.total.normalize():f}",
        },
        url=reverse("simulations:debrief", args=[attempt.uid]),
        organisation=attempt.organisation.code,
        now=now,
    )
