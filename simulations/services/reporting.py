"""A counted pass in the books below: the fact that levels ask for, and its credits; taken back when it falls."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Q, Sum

from lms.credits.selectors.lines import credit_lines_of
from lms.credits.services.points import post_points
from lms.credits.services.reversal import reverse
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact
from simulations.models import Attempt, ScoreRun

CREDIT_KIND = "simulation"
CREDIT_RULE = "simulation-passed"
SYSTEM = "system:simulations"
ZERO = Decimal(0)


def _source(attempt: Attempt) -> str:
    return f"simulations.attempt:{attempt.uid}"


def _credit_source(attempt: Attempt) -> str:
    return f"simulations.scenario:{attempt.person_id}:{attempt.scenario_version.code}"


def _reported(attempt: Attempt) -> Decimal:
    """What the facts of this attempt come to, those taken back left out."""
    source = _source(attempt)
    ours = Q(source=source) | Q(source__startswith=f"{source}:")
    facts = attempt.person.facts.filter(ours, kind=FactKind.SIMULATION)
    return facts.aggregate(sum=Sum("value"))["sum"] or ZERO


def _record(attempt: Attempt, value: Decimal, end: str, at: datetime, now: datetime) -> None:
    record_fact(
        person_id=attempt.person_id,
        kind=FactKind.SIMULATION,
        ref=attempt.scenario_version.code,
        value=value,
        source=f"{_source(attempt)}{end}",
        occurred_at=at,
        now=now,
    )


def _another_stands(attempt: Attempt) -> bool:
    """Whether another counted attempt of the same scenario is passed by the score that stands."""
    runs = (
        ScoreRun.objects.filter(
            attempt__person=attempt.person_id,
            attempt__scenario_version__code=attempt.scenario_version.code,
            attempt__counted=True,
        )
        .exclude(attempt=attempt)
        .order_by("attempt", "seq")
    )
    return any({run.attempt_id: run.passed for run in runs}.values())


def _bring_credits(attempt: Attempt, *, passed: bool, reason: str, now: datetime) -> None:
    """A scenario earns once, whichever attempt and edition brought it about."""
    source = _credit_source(attempt)
    lines = credit_lines_of(source)
    standing = next((line for line in lines if not hasattr(line, "reversed_by")), None)
    if passed and standing is None:
        post_points(
            person_id=attempt.person_id,
            organisation_id=attempt.organisation_id,
            kind=CREDIT_KIND,
            rule=CREDIT_RULE,
            source=f"{source}:{len(lines) + 1}" if lines else source,
            occurred_at=now,
            now=now,
        )
    elif standing and not passed and not _another_stands(attempt):
        reverse(line=standing, reason=reason, actor=SYSTEM, now=now)


def report(*, attempt: Attempt, run: ScoreRun, now: datetime) -> None:
    """Bring fact and credits to what `run` says; asked again, nothing changes.

    A fact that no longer holds is followed by its opposite: nothing is edited.
    """
    if not attempt.counted:
        return
    # Nothing can have been reported before a first score.
    before = _reported(attempt) if run.seq > 1 else ZERO
    after = run.total if run.passed else ZERO
    if before != after:
        if before:
            _record(attempt, -before, f":{run.seq}:back", run.at, now)
        if after:
            _record(attempt, after, f":{run.seq}" if run.seq > 1 else "", run.at, now)
    if before or after:
        _bring_credits(attempt, passed=run.passed, reason=str(run.get_reason_display()), now=now)
