"""Proposing a correction of an exam: a key, a faulty question, or the cut score. Nothing of it is in force yet."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import WRITTEN_KINDS, CutMethod, ExclusionRule, RegradeKind, RegradeState
from lms.exams.models import Exam, ItemExclusion, QuestionVersion, Regrade
from lms.exams.selectors.cuts import cut_of, results_are_out
from lms.exams.services.key_shapes import Key, check_key
from lms.exams.services.keys import KeyText, key_in_force
from lms.jobs.services.queue import enqueue
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict, Refusal
from lms.records.services import audit

if TYPE_CHECKING:
    from lms.accounts.models import User

DRY_RUN = "exams.dry-run"


class OneAtATime(Conflict):
    code = "regrade-open"
    message = _("Another correction of this exam is under way. Decide that one first.")


class NothingMarkedYet(Refusal):
    code = "nothing-marked-yet"
    message = _("No paper of this exam has been marked yet. Mend the question in the bank, or set the pass mark.")


class CorrectionWithoutReason(Refusal):
    code = "correction-without-reason"
    message = _("Say why the exam is corrected; whoever approves it and everybody whose result changes reads this.")


class NotInThisExam(Refusal):
    code = "question-not-in-exam"
    message = _("This question lies in no paper of the exam.")


class NothingToCorrect(Refusal):
    code = "nothing-to-correct"
    message = _("This is what holds already. Nothing would be corrected.")


class KeyDoesNotFit(Refusal):
    code = "key-does-not-fit"
    message = _("This key does not fit the question: %(problem)s.")


class MarkedByPeople(Refusal):
    code = "marked-by-people"
    message = _("An essay is marked by people and has no key to correct. Exclude the question, or decide appeals.")


class AlreadyExcluded(Conflict):
    code = "already-excluded"
    message = _("The exam has left this question out already.")


class NothingWouldCount(Refusal):
    code = "nothing-would-count"
    message = _("A paper would be left without any question that counts.")


class PassMarkNotRight(Refusal):
    code = "pass-mark-not-right"
    message = _("A pass mark lies between 0 and 100 percent, names who decided it, and was decided before today ended.")


def _refuse_unless_it_can(exam: Exam, reason: str) -> None:
    if not reason.strip():
        raise CorrectionWithoutReason
    if not results_are_out(exam):
        raise NothingMarkedYet
    if exam.regrades.filter(state__in=(RegradeState.PREPARED, RegradeState.APPROVED)).exists():
        raise OneAtATime


def _refuse_unless_used(exam: Exam, version: QuestionVersion) -> None:
    if not exam.uses.filter(version=version, papers__gt=0).exists():
        raise NotInThisExam
    if exam.exclusions.filter(version=version).exists():
        raise AlreadyExcluded


def _prepare(
    *,
    exam: Exam,
    kind: RegradeKind,
    proposal: dict[str, Any],
    reason: str,
    prepared_by: "User",
    now: datetime,
    version: QuestionVersion | None = None,
) -> Regrade:
    """Write the proposal and ask for its dry run."""
    actor = f"user:{prepared_by.pk}"
    regrade = Regrade.objects.create(
        exam=exam,
        kind=kind,
        version=version,
        proposal={"schema": 1, **proposal},
        reason=reason.strip(),
        prepared_by=actor,
        prepared_at=now,
    )
    audit.record(
        action="exams.regrade-prepared",
        actor=actor,
        subject=f"exams.regrade:{regrade.uid}",
        organisation=exam.organisation.code,
        detail={"exam": exam.code, "kind": kind.value, "reason": regrade.reason},
        now=now,
    )
    key = f"regrade:{regrade.pk}"
    enqueue(task=DRY_RUN, key=key, payload={"regrade_id": regrade.pk}, now=now, owner=actor)
    return regrade


def _held(exam: Exam) -> Exam:
    """The exam's row, locked, so that two who propose at one moment come one after the other."""
    return Exam.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=exam.pk)


def _fits(version: QuestionVersion, accepted: dict[str, Any]) -> None:
    body = version.body
    ids = {name: [each["id"] for each in body.get(name, [])] for name in ("options", "choices")}
    try:
        check_key(version.question.kind, Key(**accepted), **ids, stem=body["stem"])
    except ValueError as error:
        raise KeyDoesNotFit(problem=error) from error


@transaction.atomic
def propose_key(
    *, exam: Exam, version: QuestionVersion, key: KeyText, reason: str, prepared_by: "User", now: datetime
) -> Regrade:
    """Propose another key for a question of this exam."""
    held = _held(exam)
    _refuse_unless_it_can(held, reason)
    _refuse_unless_used(held, version)
    if version.question.kind in WRITTEN_KINDS:
        raise MarkedByPeople
    _fits(version, key.accepted)
    was = key_in_force(version)
    if was.accepted == key.accepted:
        raise NothingToCorrect
    words = {name: getattr(key, name) for name in ("accepted", "explanation", "explanation_en", "source")}
    return _prepare(
        exam=held,
        kind=RegradeKind.KEY,
        version=version,
        proposal={"key": words, "was": was.accepted},
        reason=reason,
        prepared_by=prepared_by,
        now=now,
    )


def _refuse_if_nothing_counts(exam: Exam) -> None:
    shortest = min((len(items) for items in exam.papers.values_list("items", flat=True)), default=0)
    if ItemExclusion.objects.filter(exam=exam).count() + 1 >= shortest:
        raise NothingWouldCount


@transaction.atomic
def propose_exclusion(
    *, exam: Exam, version: QuestionVersion, rule: ExclusionRule, reason: str, prepared_by: "User", now: datetime
) -> Regrade:
    """Propose to count a faulty question no more, for anybody."""
    held = _held(exam)
    _refuse_unless_it_can(held, reason)
    _refuse_unless_used(held, version)
    _refuse_if_nothing_counts(held)
    return _prepare(
        exam=held,
        kind=RegradeKind.EXCLUSION,
        version=version,
        proposal={"rule": ExclusionRule(rule).value},
        reason=reason,
        prepared_by=prepared_by,
        now=now,
    )


@transaction.atomic
def propose_cut(
    *,
    exam: Exam,
    percent: Decimal,
    method: CutMethod,
    decided_on: date,
    decided_by: str,
    note: str,
    reason: str,
    prepared_by: "User",
    now: datetime,
) -> Regrade:
    """Propose another cut score for an exam whose results are there."""
    held = _held(exam)
    _refuse_unless_it_can(held, reason)
    cut = cut_of(held)
    if not 0 <= percent <= 100 or not decided_by.strip() or decided_on > now.astimezone(BEIJING).date():
        raise PassMarkNotRight
    if cut.percent == percent:
        raise NothingToCorrect
    proposal = {
        "percent": f"{percent:.2f}",
        "method": CutMethod(method).value,
        "decided_on": decided_on.isoformat(),
        "no": cut.no + 1,
        "decided_by": decided_by.strip(),
        "note": note.strip(),
        "was": f"{cut.percent:.2f}",
    }
    return _prepare(exam=held, kind=RegradeKind.CUT, proposal=proposal, reason=reason, prepared_by=prepared_by, now=now)
