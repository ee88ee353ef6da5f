"""Reading the ledgers from their first lines and comparing every hash."""

from collections.abc import Iterator

from lms.credits.enums import Book
from lms.credits.models import CreditLine, HourLine
from lms.records.services.chain import BookReport, Line, verify_book

_MODELS: dict[Book, type[HourLine] | type[CreditLine]] = {Book.HOURS: HourLine, Book.CREDITS: CreditLine}


def _lines(model: type[HourLine] | type[CreditLine], person_id: int) -> Iterator[Line]:
    for line in model.objects.of(person_id).iterator():
        yield line.seq, line.previous_hash, line.hash, line.payload()


def audit_ledger(*, book: Book) -> BookReport:
    """Whether every line of `book` still stands as it was written, and none is missing."""
    model = _MODELS[book]
    owners = model.objects.order_by("person").values_list("person_id", "person__uid").distinct()
    return verify_book(book, ((str(uid), _lines(model, person_id)) for person_id, uid in owners))
