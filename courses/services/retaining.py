"""How long the documents of an application are kept: a stated time after the decision, and no longer."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q

from courses.enums import PENDING_STATES
from courses.models import ApplicationDocument
from courses.selectors.offerings import day_of
from lms.records.services.private_files import shred

AT_ONCE = 200


def kept_for() -> timedelta:
    """How long after its decision the documents of an application are kept."""
    return timedelta(days=settings.APPLICATION_DOCUMENTS_KEPT_DAYS)


@transaction.atomic
def shred_old_documents(*, now: datetime) -> int:
    """Shred the files whose time is over, a batch at a time; every line stays. Answers how many.

    Where nothing was ever decided, the time runs from the last day of the offering.
    """
    before = now - kept_for()
    pending = Q(application__state__in=PENDING_STATES)
    left_open = pending & Q(application__offering__ends_on__lt=day_of(before))
    due = (
        ApplicationDocument.objects.filter(file__isnull=False)
        .annotate(last=Max("application__events__at"))
        .filter(left_open | (~pending & Q(last__lt=before)))
        .select_related("file")
        .order_by("pk")[:AT_ONCE]
    )
    shredded = 0
    for document in due:
        if document.file is not None:
            shred(document.file)
            shredded += 1
    return shredded
