from datetime import datetime

from lms.records.models import AuditEvent
from lms.records.services.audit import record

from .accounts import BEGINNING


def audit_events(count: int, *, organisation: str = "FCBA", now: datetime = BEGINNING) -> list[AuditEvent]:
    """A chain of acts; history has no factory, its verb is the only way in."""
    return [
        record(
            action="cohorts.member-added",
            actor="user:1",
            subject=f"cohorts.membership:{number}",
            organisation=organisation,
            detail={"cohort": "2026-1", "line": number},
            now=now,
        )
        for number in range(1, count + 1)
    ]


def events(action: str) -> list[AuditEvent]:
    """Lines of the audit book about this kind of act, in their order."""
    return list(AuditEvent.objects.filter(action=action).order_by("pk"))
