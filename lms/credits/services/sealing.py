"""Sealing the books of this house: both ledgers, and the audit book with them."""

from datetime import datetime

from lms.credits.enums import Book
from lms.records.services.sealing import seal_book

AUDIT = "audit"
SEALED_BOOKS = (*Book.values, AUDIT)


def seal_books(*, now: datetime) -> dict[str, int]:
    """Seal every book that has gone on since its last seal; answers the numbers of the new seals by book."""
    seals = {book: seal_book(book=book, now=now) for book in SEALED_BOOKS}
    return {book: seal.number for book, seal in seals.items() if seal}
