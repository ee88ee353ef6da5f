"""Where the audit book of an organisation stands."""

from collections.abc import Collection
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


def audit_heads(owners: Collection[str]) -> dict[str, AuditHead]:
    """The audit chains of the organisations with these codes; none before its first act (one query)."""
    found = ChainHead.objects.filter(book=AUDIT, owner__in=owners)
    return {each.owner: AuditHead(each.owner, each.seq, each.hash, each.moved_at) for each in found}
