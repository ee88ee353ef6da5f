"""Finding private files; whoever serves one checks first who asks."""

from datetime import datetime

from django.db.models import QuerySet

from lms.records.models import PrivateFile


def files_of(owner: str) -> QuerySet[PrivateFile]:
    """Files kept for one thing, newest first."""
    return PrivateFile.objects.of(owner)


def files_kept_since(kind: str, before: datetime) -> QuerySet[PrivateFile]:
    """Files of one kind that were stored before this moment, oldest first."""
    return PrivateFile.objects.filter(kind=kind, stored_at__lt=before).order_by("stored_at", "pk")
