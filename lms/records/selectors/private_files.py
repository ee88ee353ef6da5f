"""Finding private files; whoever serves one checks first who asks."""

from django.db.models import QuerySet

from lms.records.models import PrivateFile


def files_of(owner: str) -> QuerySet[PrivateFile]:
    """Files kept for one thing, newest first."""
    return PrivateFile.objects.of(owner)
