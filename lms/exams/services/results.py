"""Results: computed from a named basis, written as one more row, and let out when their moment has come."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse

from lms.exams.enums import AttemptState, ResultReason
from lms.exams.models import Appeal, Attempt, Regrade, Result
from lms.exams.selectors.phases import results_out, shown_from
from lms.exams.selectors.sittings import standing_result
from lms.exams.services.correcting import appealed, caught_up, in_force_since
from lms.exams.services.fingerprint import fingerprint
from lms.exams.services.keys import KeyRing
from lms.exams.services.marking import keys_of
from lms.exams.services.reckoning import Basis, Figures, first_basis, handed_in, reckon, reckon_attempt
from lms.exams.services.reporting import report
from lms.exams.services.scripts import given_points, hand_over, outcome_ids
from lms.exams.services.steps import AttemptIsVoid
from lms.exams.signals import result_released
from lms.jobs.services.queue import enqueue
from lms.mailing.services.announcing import announce

PUBLISH = "exams.publish-result"


def hold_ended(attempt: Attempt) -> Attempt:
    """The attempt's row, locked until the transaction ends, with all that a result asks for."""
    held = Attempt.objects.select_for_update(of=("self",))
    return held.select_related("seat__exam__organisation", "seat__paper", "seat__person__user").get(pk=attempt.pk)


def _given(attempt: Attempt) -> Basis:
    """What people gave for essays, with the outcomes that it comes from."""
    outcomes = outcome_ids(attempt)
    return {
        str(slot): {"points": f"{points:.2f}", "outcome": outcomes[slot]}
        for slot, points in given_points(attempt).items()
    }


def _first(attempt: Attempt) -> tuple[Basis, Figures]:
    """A first marking: by what is in force now."""
    answers, items = handed_in(attempt), attempt.seat.paper.items
    keys = keys_of(item["version"] for item in items)
    basis = first_basis(attempt, answers=answers, keys=keys, given=_given(attempt))
    return basis, reckon(basis=basis, items=items, answers=answers, keys=keys)


def computed_again(
    attempt: Attempt,
    standing: Result,
    *,
    ring: KeyRing,
    regrade: Regrade | None = None,
    appeal: Appeal | None = None,
    adjusted: Mapping[int, Decimal] | None = None,
) -> tuple[Basis, Figures]:
    """What the standing result would be after a correction, and after those that came into force since."""
    since = [each for each in in_force_since(attempt.seat.exam_id, standing.at) if each != regrade]
    basis = caught_up(attempt, standing.basis, [*since, regrade] if regrade else since)
    if appeal and adjusted:
        basis = appealed(basis, appeal, adjusted)
    return basis, reckon_attempt(attempt, basis, ring)


def _earned(marks: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(mark["points"], mark["of"]) for mark in marks]


def differs(figures: Figures, standing: Result) -> bool:
    """Whether a correction changes the points of a question, what it is worth, or the verdict."""
    return (_earned(figures.marks), figures.passed) != (_earned(standing.marks), standing.passed)


def _write(attempt: Attempt, seq: int, basis: Basis, figures: Figures, **rest: Any) -> Result:
    cut = Decimal(basis["cut"]["percent"]).normalize()
    return Result.objects.create(
        attempt=attempt,
        seq=seq,
        points=figures.points,
        max_points=figures.max_points,
        percent=figures.percent,
        passed=figures.passed,
        cut_rule=f"percent>={cut:f}; {basis['rules']}",
        marks=figures.marks,
        computed_from=fingerprint(basis),
        basis=basis,
        **rest,
    )


@transaction.atomic
def release(
    *,
    attempt: Attempt,
    now: datetime,
    reason: ResultReason = ResultReason.MARKED,
    regrade: Regrade | None = None,
    appeal: Appeal | None = None,
    adjusted: Mapping[int, Decimal] | None = None,
    ring: KeyRing | None = None,
) -> Result:
    """Write the attempt's result and let it out, at once or when the exam says.

    A first marking is asked for once; a correction that changes nothing writes nothing: then the result that
    stands is answered.
    """
    held = hold_ended(attempt)
    if held.state == AttemptState.VOID:
        raise AttemptIsVoid
    standing = standing_result(held)
    if standing is None:
        basis, figures = _first(held)
    elif reason == ResultReason.MARKED:
        return standing
    else:
        basis, figures = computed_again(
            held, standing, ring=ring or KeyRing(), regrade=regrade, appeal=appeal, adjusted=adjusted
        )
        if not differs(figures, standing):
            return standing
    result = _write(
        held,
        standing.seq + 1 if standing else 1,
        basis,
        figures,
        reason=reason,
        regrade=regrade,
        appeal=appeal,
        mode=standing.mode if standing else held.seat.exam.mode,
        at=now,
    )
    _let_out(held, result, now)
    return result


def settle(*, attempt: Attempt, now: datetime) -> Result | None:
    """An attempt has ended: its result, unless people have to mark something first."""
    return None if hand_over(attempt=attempt, now=now) else release(attempt=attempt, now=now)


def _let_out(attempt: Attempt, result: Result, now: datetime) -> None:
    exam = attempt.seat.exam
    if results_out(exam, now):
        publish(attempt=attempt, result=result, now=now)
    else:
        payload = {"result_id": result.pk}
        enqueue(task=PUBLISH, key=f"result:{result.pk}", payload=payload, now=now, run_after=exam.results_at)


def publish(*, attempt: Attempt, result: Result, now: datetime) -> None:
    """Report the result below, announce it above and tell its person, in the caller's transaction."""
    report(attempt=attempt, result=result, now=now)
    result_released.send(
        sender=Result, result=result, person_id=attempt.seat.person_id, level=attempt.seat.exam.level, now=now
    )
    _tell(attempt, result, now)


@transaction.atomic
def publish_later(*, result_id: int, now: datetime) -> None:
    """The moment has come for a result that waited; one that was corrected meanwhile leaves it to the newer one."""
    waiting = Result.objects.get(pk=result_id)
    attempt = hold_ended(waiting.attempt)
    exam = attempt.seat.exam
    if attempt.state == AttemptState.VOID or standing_result(attempt) != waiting:
        return
    if results_out(exam, now):
        publish(attempt=attempt, result=waiting, now=now)
    else:
        # The exam's moment was put off.
        enqueue(
            task=PUBLISH,
            key=f"result:{result_id}:{exam.results_at:%Y%m%d%H%M}",
            payload={"result_id": result_id},
            now=now,
            run_after=exam.results_at,
        )


def _of(result: Result) -> str:
    return f"{result.points.normalize():f} / {result.max_points.normalize():f}"


def _seen_before(attempt: Attempt, result: Result) -> Result | None:
    """The result that its person could read before this one."""
    before = attempt.results.filter(seq=result.seq - 1).first()
    return before if before and shown_from(before, attempt.seat.exam) <= result.at else None


def _tell(attempt: Attempt, result: Result, now: datetime) -> None:
    """One notice for a marking; an appeal's answer is told by whoever decided it."""
    if result.reason == ResultReason.APPEALED:
        return
    seat, exam = attempt.seat, attempt.seat.exam
    before = _seen_before(attempt, result) if result.seq > 1 else None
    context = {
        "exam": {"zh": exam.title, "en": exam.title_en},
        "points": _of(result),
        "passed": result.passed,
    }
    if before and result.regrade:
        context |= {"before": _of(before), "reason": result.regrade.reason}
    announce(
        to=seat.person.user,
        kind="exam-corrected" if before and result.regrade else "exam-result",
        subject_ref=f"exams.attempt:{attempt.uid}:{result.seq}",
        context=context,
        url=reverse("exams:result", args=[attempt.uid]),
        organisation=seat.organisation.code,
        now=now,
    )
