"""Reading the audit book."""

from collections.abc import Iterable

from django.db.models import QuerySet

from lms.records.models import AuditEvent


def events_about(subject: str) -> QuerySet[AuditEvent]:
    """What was done to one thing (`certificates.decision:5`), oldest first."""
    return AuditEvent.objects.about(subject)


def events_of_organisations(codes: Iterable[str]) -> QuerySet[AuditEvent]:
    """What was done in these organisations, newest first; the caller knows which codes a reader may see."""
    return AuditEvent.objects.of_organisations(codes).order_by("-at", "-pk")
