"""Writing in the renewal file of a certificate."""

from datetime import datetime
from typing import TYPE_CHECKING

from certificates.enums import ONCE_STEPS, RenewalStepKind
from certificates.models import Certificate, RenewalStep
from lms.records.services import audit

if TYPE_CHECKING:
    from certificates.models import Decision
    from lms.accounts.models import User


def note_step(
    *,
    certificate: Certificate,
    kind: RenewalStepKind,
    now: datetime,
    actor: "User | None" = None,
    decision: "Decision | None" = None,
) -> bool:
    """Add a step; whether it is new. Call it with the certificate's row locked, in the transaction of the fact."""
    if kind in ONCE_STEPS and RenewalStep.objects.filter(certificate=certificate, kind=kind).exists():
        return False
    RenewalStep.objects.create(certificate=certificate, kind=kind, actor=actor, decision=decision, at=now)
    audit.record(
        action=f"certificates.renewal.{kind}",
        actor=f"user:{actor.pk}" if actor else "system:certificates",
        subject=f"certificates.certificate:{certificate.pk}",
        organisation=certificate.organisation.code,
        detail={"serial": certificate.serial},
        now=now,
    )
    return True
