"""Single lines of the ledgers."""

from lms.credits.models import HourLine


def hour_line_of(source: str) -> HourLine | None:
    """The line that stands for this source, if it was ever posted (one query)."""
    return HourLine.objects.filter(source=source).first()
