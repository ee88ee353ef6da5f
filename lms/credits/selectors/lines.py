"""Single lines of the ledgers."""

from django.db.models import Q

from lms.credits.models import CreditLine, HourLine


def hour_line_of(source: str) -> HourLine | None:
    """The line that stands for this source, if it was ever posted (one query)."""
    return HourLine.objects.filter(source=source).first()


def credit_lines_of(source: str) -> list[CreditLine]:
    """The lines posted for this source and for its later numbers (`source:2`), oldest first, with what reverses them
    (one query).
    """
    lines = CreditLine.objects.filter(Q(source=source) | Q(source__startswith=f"{source}:"), reversal_of__isnull=True)
    return list(lines.select_related("reversed_by", "person", "organisation").order_by("pk"))
