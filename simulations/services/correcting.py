"""Writing a corrected score: one row more, what follows from it below, and word to whoever played."""

from datetime import datetime

from simulations.engine.scoring import Score, score
from simulations.enums import AppealState, ScoreReason
from simulations.models import Appeal, Attempt, Override, Rescore, ScenarioVersion, ScoreRun
from simulations.selectors.history import state_of
from simulations.selectors.scenarios import scenario_by
from simulations.selectors.standing import given_points, rubric_in_force

from .closing import write_score
from .reporting import report
from .telling import tell_appeal, tell_corrected


def hold(attempt: Attempt) -> Attempt:
    """The attempt's row, locked until the transaction ends, with all that a correction asks for."""
    held = Attempt.objects.select_for_update(of=("self",))
    return held.select_related("scenario_version", "organisation", "person__user", "assignment").get(pk=attempt.pk)


def score_again(attempt: Attempt, version: ScenarioVersion) -> Score:
    """What an attempt comes to under the rubric of an edition, with the points that people gave."""
    return score(scenario_by(attempt, version), state_of(attempt), given_points(attempt))


def differs(result: Score, run: ScoreRun) -> bool:
    """Whether a correction changes the points of an item, what it is worth, or the verdict."""
    again = [(line.id, str(line.points), str(line.max)) for line in result.items]
    there = [(line["id"], str(line["points"]), str(line["max"])) for line in run.parts["items"]]
    return (again, result.total, result.passed) != (there, run.total, run.passed)


def _standing(attempt: Attempt) -> ScoreRun:
    return ScoreRun.objects.filter(attempt=attempt).order_by("-seq")[0]


def rewrite(*, attempt: Attempt, override: Override, now: datetime) -> ScoreRun:
    """The score after an override that has just come into force; the one before stays as it was."""
    before = _standing(attempt)
    result = score_again(attempt, rubric_in_force(attempt))
    reason = ScoreReason.APPEALED if override.appeal_id else ScoreReason.OVERRIDDEN
    run = write_score(attempt=attempt, result=result, seq=before.seq + 1, now=now, reason=reason, override=override)
    report(attempt=attempt, run=run, now=now)
    if override.appeal_id:
        _settle(override.appeal_id, attempt, run, now)
    else:
        tell_corrected(attempt=attempt, before=before, run=run, reason=override.reason, now=now)
    return run


def _settle(appeal_id: int, attempt: Attempt, run: ScoreRun, now: datetime) -> None:
    """The points of an appeal are in force: it is upheld, and its person is told."""
    appeal = Appeal.objects.select_for_update().get(pk=appeal_id)
    appeal.state = AppealState.UPHELD
    appeal.save(update_fields=["state"])
    subject = f"simulations.appeal:{appeal.uid}:decided"
    tell_appeal(attempt=attempt, run=run, subject_ref=subject, upheld=True, now=now)


def reopen(appeal_id: int) -> None:
    """The second person did not agree with a granted appeal: somebody decides it anew."""
    appeal = Appeal.objects.select_for_update().get(pk=appeal_id)
    appeal.state, appeal.explanation, appeal.decided_by, appeal.decided_at = AppealState.FILED, "", "", None
    appeal.save(update_fields=["state", "explanation", "decided_by", "decided_at"])


def rescored(*, attempt: Attempt, rescore: Rescore, now: datetime) -> ScoreRun | None:
    """The score of a held attempt under a corrected rubric; nothing is written where nothing changes."""
    before = _standing(attempt)
    result = score_again(attempt, rescore.corrected)
    if before.rescore_id == rescore.pk or not differs(result, before):
        return None
    run = write_score(
        attempt=attempt, result=result, seq=before.seq + 1, now=now, reason=ScoreReason.RESCORED, rescore=rescore
    )
    report(attempt=attempt, run=run, now=now)
    tell_corrected(attempt=attempt, before=before, run=run, reason=rescore.reason, now=now)
    return run
