"""A pass in the books below: the fact that levels ask for, and its credits; taken back when the pass falls."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from lms.credits.enums import CreditKind
from lms.credits.selectors.lines import credit_lines_of
from lms.credits.services.points import post_points
from lms.credits.services.reversal import reverse
from lms.exams.models import Attempt, Result
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact

SYSTEM = "system:exams"
ZERO = Decimal(0)


def _source(uid: UUID) -> str:
    return f"exams.attempt:{uid}"


def _reported(attempt: Attempt, uids: Iterable[UUID]) -> Decimal:
    """What the facts of these attempts come to, those taken back left out."""
    ours = Q(pk__in=[])
    for uid in uids:
        ours |= Q(source=_source(uid)) | Q(source__startswith=f"{_source(uid)}:")
    facts = attempt.seat.person.facts.filter(ours, kind=FactKind.EXAM)
    return facts.aggregate(sum=Sum("value"))["sum"] or ZERO


def _record(attempt: Attempt, value: Decimal, end: str, at: datetime, now: datetime) -> None:
    record_fact(
        person_id=attempt.seat.person_id,
        kind=FactKind.EXAM,
        ref=attempt.seat.exam.level,
        value=value,
        source=f"{_source(attempt.uid)}{end}",
        occurred_at=at,
        now=now,
    )


def _post_credits(attempt: Attempt, number: int, at: datetime, now: datetime) -> None:
    seat = attempt.seat
    post_points(
        person_id=seat.person_id,
        organisation_id=seat.organisation_id,
        kind=CreditKind.EXAM,
        rule="exam-passed",
        source=f"exams.seat:{seat.ticket_code}{f':{number}' if number > 1 else ''}",
        occurred_at=at,
        now=now,
        note=seat.exam.title,
    )


def _another_passed(attempt: Attempt) -> bool:
    others = attempt.seat.attempts.exclude(pk=attempt.pk).values_list("uid", flat=True)
    return _reported(attempt, others) > 0


def _bring_credits(attempt: Attempt, *, passed: bool, reason: str, at: datetime, now: datetime) -> None:
    """Passing earns once for a seat, whichever attempt brought it about."""
    lines = credit_lines_of(f"exams.seat:{attempt.seat.ticket_code}")
    standing = next((line for line in lines if not hasattr(line, "reversed_by")), None)
    if passed and standing is None:
        _post_credits(attempt, len(lines) + 1, at, now)
    elif standing and not passed and not _another_passed(attempt):
        reverse(line=standing, reason=reason, actor=SYSTEM, now=now)


def report(*, attempt: Attempt, result: Result, now: datetime) -> None:
    """Bring fact and credits to what `result` says; asked again, nothing changes.

    Call it with the attempt's row held. A fact that no longer holds is followed by its opposite.
    """
    # Nothing can have been reported before a first result; handing in does without this question.
    before = _reported(attempt, [attempt.uid]) if result.seq > 1 else ZERO
    after = result.percent if result.passed else ZERO
    if before != after:
        if before:
            _record(attempt, -before, f":{result.seq}:back", result.at, now)
        if after:
            _record(attempt, after, f":{result.seq}" if result.seq > 1 else "", result.at, now)
    if before or after:
        reason = result.get_reason_display()
        _bring_credits(attempt, passed=result.passed, reason=reason, at=result.at, now=now)


def take_back(*, attempt: Attempt, reason: str, now: datetime) -> None:
    """An attempt counts no more: what was reported of it is followed by its opposite."""
    before = _reported(attempt, [attempt.uid])
    if before:
        _record(attempt, -before, ":void", now, now)
        _bring_credits(attempt, passed=False, reason=reason, at=now, now=now)
