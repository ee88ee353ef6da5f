"""Ending an attempt: the score is written down, and a pass that counts is reported where it counts."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from lms.credits.services.points import post_points
from lms.mailing.services.announcing import announce
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact
from simulations.engine.scenario import Scenario
from simulations.engine.scoring import Score, score
from simulations.engine.state import State
from simulations.engine.wire import plain
from simulations.enums import AttemptState
from simulations.models import Attempt, ScoreRun
from simulations.selectors.attempts import has_passed_before

CREDIT_KIND = "simulation"
CREDIT_RULE = "simulation-passed"


@transaction.atomic
def close_attempt(*, attempt: Attempt, scenario: Scenario, state: State, now: datetime) -> ScoreRun:
    """Score an attempt that has just ended, and post what a counted pass earns."""
    attempt.state = AttemptState.ENDED
    attempt.ended_at = now
    attempt.save(update_fields=["state", "ended_at"])
    run = write_score(attempt=attempt, result=score(scenario, state), seq=1, now=now)
    if attempt.counted and run.passed:
        _report(attempt, run, now)
    _tell(attempt, run, now)
    return run


def write_score(*, attempt: Attempt, result: Score, seq: int, now: datetime) -> ScoreRun:
    """Keep one score of an attempt, with every item, competency and gate it rests on."""
    return ScoreRun.objects.create(
        attempt=attempt,
        seq=seq,
        rubric_sha=result.rubric_sha,
        total=result.total,
        passed=result.passed,
        parts=score_parts(result),
        gates=plain(result.gates),
        at=now,
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


def _report(attempt: Attempt, run: ScoreRun, now: datetime) -> None:
    code = attempt.scenario_version.code
    record_fact(
        person_id=attempt.person_id,
        kind=FactKind.SIMULATION,
        ref=code,
        value=run.total,
        source=f"simulations.attempt:{attempt.uid}",
        occurred_at=now,
        now=now,
    )
    if has_passed_before(attempt):
        return
    post_points(
        person_id=attempt.person_id,
        organisation_id=attempt.organisation_id,
        kind=CREDIT_KIND,
        rule=CREDIT_RULE,
        source=f"simulations.scenario:{attempt.person_id}:{code}",
        occurred_at=now,
        now=now,
    )
