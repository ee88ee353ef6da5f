"""Declaring an attempt void: its result counts no more, and its person may sit again."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.exams.enums import AttemptState
from lms.exams.models import Attempt
from lms.exams.policies import can_run_exams
from lms.exams.services.planning import NotYourExam
from lms.exams.services.reporting import take_back
from lms.kernel.refusals import Refusal
from lms.records.services import audit

if TYPE_CHECKING:
    from lms.accounts.models import User


class VoidNeedsReason(Refusal):
    code = "void-needs-reason"
    message = _("Say why the attempt is void.")


@transaction.atomic
def void_attempt(*, attempt: Attempt, reason: str, voided_by: "User", now: datetime) -> Attempt:
    """Declare an attempt void; its steps and results stay on record, what it earned is taken back."""
    held = (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("seat__exam", "seat__organisation", "seat__person")
        .get(pk=attempt.pk)
    )
    if not can_run_exams(voided_by, held.seat.exam.organisation_id):
        raise NotYourExam
    if held.state == AttemptState.VOID:
        return held
    if not reason.strip():
        raise VoidNeedsReason
    was = held.state
    held.state, held.void_reason = AttemptState.VOID, reason.strip()[:300]
    held.save(update_fields=["state", "void_reason"])
    take_back(attempt=held, reason=held.void_reason, now=now)
    audit.record(
        action="exams.attempt-voided",
        actor=f"user:{voided_by.pk}",
        subject=f"exams.attempt:{held.uid}",
        organisation=held.seat.organisation.code,
        detail={"reason": held.void_reason, "was": was},
        now=now,
    )
    return held
