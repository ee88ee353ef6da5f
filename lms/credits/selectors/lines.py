"""Single lines of the ledgers."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Q

from lms.credits.models import CreditLine, HourLine, LineText

Line = TypeVar("Line", HourLine, CreditLine)


def hour_line_of(source: str) -> HourLine | None:
    """The line that stands for this source, if it was ever posted (one query)."""
    return HourLine.objects.filter(source=source).first()


def credit_lines_of(source: str) -> list[CreditLine]:
    """The lines posted for this source and for its later numbers (`source:2`), oldest first, with what reverses them
    (one query).
    """
    lines = CreditLine.objects.filter(Q(source=source) | Q(source__startswith=f"{source}:"), reversal_of__isnull=True)
    return list(lines.select_related("reversed_by", "person", "organisation").order_by("pk"))


def with_words(lines: Sequence[Line]) -> Sequence[Line]:
    """Give each line its `words`, and say by `erased` whether it once had some that are gone (one query).

    Lines of format 1 carry their words themselves.
    """
    books = {line.book for line in lines}
    told = LineText.objects.filter(book__in=books, line__in=[line.pk for line in lines])
    texts = {(book, line): text for book, line, text in told.values_list("book", "line", "text")}
    for line in lines:
        line.words = line.note if line.format == 1 else texts.get((line.book, line.pk), "")
        line.erased = bool(line.commitment) and not line.words
    return lines
