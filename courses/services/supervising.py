"""Signing field practice off: a trainer or manager of the base confirms, sends back or refuses, and says why."""

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.enums import PracticeState
from courses.models import PracticeEvent, PracticeEvidence, PracticeRecord
from courses.policies import can_judge_practice, can_open_evidence
from lms.kernel.beijing import BEIJING
from lms.kernel.refusals import Conflict, NotAllowed, Refusal
from lms.mailing.services.announcing import announce
from lms.records.services import audit
from lms.records.services.papers import Paper, open_paper
from lms.schemes.enums import FactKind
from lms.schemes.services.facts import record_fact

from .practice import change_state
from .reviewing import DocumentShredded

if TYPE_CHECKING:
    from lms.accounts.models import User


class NotYoursToJudge(NotAllowed):
    """Nobody confirms an own record, and only those who teach at the base confirm at all."""

    code = "not-yours-to-judge"
    message = _("A trainer or manager of the training base decides about this record, and nobody about an own one.")


class JudgementWithoutReason(Refusal):
    """Whoever sends a record back or refuses it says why."""

    code = "judgement-without-reason"
    message = _("Say why; whoever wrote the record reads the reason.")


class PracticeNotWaiting(Conflict):
    """Decided before, or back with its owner."""

    code = "practice-not-waiting"
    message = _("This record does not wait for a decision: %(state)s.")


@transaction.atomic
def confirm_practice(*, record: PracticeRecord, judged_by: "User", now: datetime) -> PracticeRecord:
    """Confirm the record and report it once to what levels ask for; from now on it cannot change."""
    locked = _locked_waiting(record, judged_by)
    event = _judge(locked, PracticeState.CONFIRMED, judged_by, "", now)
    record_fact(
        person_id=locked.person_id,
        kind=FactKind.PRACTICE,
        ref=locked.kind,
        value=Decimal(1),
        source=f"courses.practice:{locked.pk}",
        occurred_at=datetime.combine(locked.occurred_on, time(), tzinfo=BEIJING).astimezone(UTC),
        now=now,
    )
    _tell_owner(locked, event, now)
    return locked


@transaction.atomic
def return_practice(*, record: PracticeRecord, judged_by: "User", reason: str, now: datetime) -> PracticeRecord:
    """Send the record back for completion."""
    return _turn_down(record, PracticeState.RETURNED, judged_by, reason, now)


@transaction.atomic
def refuse_practice(*, record: PracticeRecord, judged_by: "User", reason: str, now: datetime) -> PracticeRecord:
    """Refuse the record for good."""
    return _turn_down(record, PracticeState.REFUSED, judged_by, reason, now)


@transaction.atomic
def open_evidence(*, evidence: PracticeEvidence, opened_by: "User", now: datetime) -> Paper:
    """The file for whoever may read it; that somebody else than its owner did stands in the audit book."""
    record = evidence.record
    if not can_open_evidence(opened_by, record):
        raise NotYoursToJudge
    if evidence.file is None:
        raise DocumentShredded
    if record.person.user_id != opened_by.pk:
        audit.record(
            action="courses.evidence.open",
            actor=_actor(opened_by),
            subject=f"courses.practice_evidence:{evidence.pk}",
            organisation=record.organisation.code,
            detail={"record": str(record.uid)},
            now=now,
        )
    return open_paper(evidence.file)


def _turn_down(
    record: PracticeRecord, to: PracticeState, judged_by: "User", reason: str, now: datetime
) -> PracticeRecord:
    locked = _locked_waiting(record, judged_by)
    if not reason.strip():
        raise JudgementWithoutReason
    event = _judge(locked, to, judged_by, reason.strip(), now)
    _tell_owner(locked, event, now)
    return locked


def _locked_waiting(record: PracticeRecord, judged_by: "User") -> PracticeRecord:
    if not can_judge_practice(judged_by, record):
        raise NotYoursToJudge
    locked = PracticeRecord.objects.select_for_update().get(pk=record.pk)
    if locked.state != PracticeState.SUBMITTED:
        raise PracticeNotWaiting(state=locked.get_state_display())
    return locked


def _judge(record: PracticeRecord, to: PracticeState, judged_by: "User", reason: str, now: datetime) -> PracticeEvent:
    record.supervisor = judged_by
    return change_state(record, to=to, actor=_actor(judged_by), reason=reason, now=now)


def _actor(user: "User") -> str:
    return f"user:{user.pk}"


def _tell_owner(record: PracticeRecord, event: PracticeEvent, now: datetime) -> None:
    tell_of_judgement(record=record, event=event, subject_ref=f"courses.practice_event:{event.pk}", now=now)


@transaction.atomic
def tell_of_judgement(*, record: PracticeRecord, event: PracticeEvent, subject_ref: str, now: datetime) -> None:
    """Tell the owner what became of the record, and why."""
    announce(
        to=record.person.user,
        kind=f"practice-{event.to_state}",
        subject_ref=subject_ref,
        context={"record": record.title, "reason": event.reason},
        url=reverse("courses:my-practice-record", args=[record.uid]),
        organisation=record.organisation.code,
        now=now,
    )
