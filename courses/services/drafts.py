"""Documents that were good, of a form that was not: kept for a day, so that nobody has to choose them again."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from courses.enums import DocumentKind
from courses.models import ApplicationDocument
from lms.records.selectors.private_files import files_kept_since, files_of
from lms.records.services.papers import Paper, keep_paper
from lms.records.services.private_files import shred

if TYPE_CHECKING:
    from courses.models import Offering
    from lms.accounts.models import Person
    from lms.records.models import PrivateFile

KIND = "application-paper"
KEPT_FOR = timedelta(days=1)


def _owner(person: "Person", offering: "Offering", kind: str) -> str:
    return f"courses.offering:{offering.pk}:{kind}:{person.uid}"


def drafts_of(person: "Person", offering: "Offering") -> dict[DocumentKind, list["PrivateFile"]]:
    """What the person has handed in for this offering that belongs to no application yet, by kind of document."""
    used = ApplicationDocument.objects.filter(file__isnull=False).values("file")
    return {
        kind: list(files_of(_owner(person, offering, kind)).exclude(pk__in=used).order_by("stored_at", "pk"))
        for kind in DocumentKind
        if kind in offering.documents
    }


@transaction.atomic
def keep_draft(
    *, person: "Person", offering: "Offering", kind: DocumentKind, paper: Paper, now: datetime
) -> "PrivateFile":
    """Keep a document that was looked at until the rest of the form is in order."""
    return keep_paper(paper=paper, kind=KIND, owner=_owner(person, offering, kind), now=now)


@transaction.atomic
def drop_draft(*, person: "Person", offering: "Offering", number: str) -> None:
    """Shred one of the documents that the person has handed in and not sent."""
    for files in drafts_of(person, offering).values():
        for file in files:
            if str(file.pk) == number:
                shred(file)


@transaction.atomic
def shred_left_drafts(*, now: datetime) -> int:
    """Shred what was handed in a day ago and never sent; answers how many."""
    used = ApplicationDocument.objects.filter(file__isnull=False).values("file")
    left = list(files_kept_since(KIND, now - KEPT_FOR).exclude(pk__in=used))
    for file in left:
        shred(file)
    return len(left)
