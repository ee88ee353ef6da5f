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
