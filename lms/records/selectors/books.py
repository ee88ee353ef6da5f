"""Where the audit book of an organisation stands."""

from dataclasses import dataclass
from datetime import datetime

from lms.records.models import ChainHead

AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The last line of one audit chain: its number, its hash, and when it was written."""

    owner: str
    lines: int
    head: str
    moved_at: datetime


def audit_head(owner: str) -> AuditHead | None:
    """The audit chain of the organisation with this code; nothing before its first act (one query)."""
    found = ChainHead.objects.filter(book=AUDIT, owner=owner).first()
    return AuditHead(found.owner, found.seq, found.hash, found.moved_at) if found else None
