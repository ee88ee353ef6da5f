"""The audit book: who did what to which thing, chained for each organisation."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from lms.records.models import AuditEvent

from .chain import BookReport, ChainReport, Line, append_link, verify_book, verify_links

BOOK = "audit"


def _payload(event: AuditEvent) -> dict[str, Any]:
    return {
        "at": event.at.astimezone(UTC).isoformat(),
        "actor": event.actor,
        "action": event.action,
        "subject": event.subject,
        "organisation": event.organisation,
        "detail": event.detail,
    }


@transaction.atomic
def record(
    *,
    action: str,
    actor: str,
    subject: str,
    organisation: str = "",
    detail: dict[str, Any] | None = None,
    now: datetime,
) -> AuditEvent:
    """Write an act into the audit book, inside the transaction of the act itself.

    Actor and subject are references (`user:12`, `certificates.decision:5`); `organisation` is a code.
    `detail` holds text, whole numbers, lists and objects.
    """
    event = AuditEvent(
        at=now, actor=actor, action=action, subject=subject, organisation=organisation, detail=detail or {}
    )
    link = append_link(book=BOOK, owner=organisation, payload=_payload(event), now=now)
    event.seq, event.previous_hash, event.hash = link.seq, link.previous_hash, link.hash
    event.save(force_insert=True)
    return event


def _lines(organisation: str) -> Iterator[Line]:
    for event in AuditEvent.objects.filter(organisation=organisation).order_by("seq").iterator():
        yield event.seq, event.previous_hash, event.hash, _payload(event)


def verify_organisation(organisation: str) -> ChainReport:
    """Read the audit chain of one organisation from its first line."""
    return verify_links(BOOK, organisation, _lines(organisation))


def verify_audit() -> BookReport:
    """Read the whole audit book."""
    owners = AuditEvent.objects.order_by("organisation").values_list("organisation", flat=True).distinct()
    return verify_book(BOOK, ((owner, _lines(owner)) for owner in owners))
