"""Where the two ledgers stand: what the public page of heads prints, without a name in it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from lms.credits.enums import Book
from lms.records.selectors import chain
from lms.records.selectors.seals import newest_seals, told_of

AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class BookHead:
    """One ledger: how many people and lines it has, and one hash that fixes all of them."""

    book: str
    people: int
    lines: int
    head: str


def heads() -> list[BookHead]:
    """The heads of the hour ledger and of the credit ledger."""
    found = []
    for book in Book:
        sums = chain.heads(book).order_by().aggregate(people=Count("pk"), lines=Sum("seq"))
        found.append(BookHead(book.value, sums["people"], sums["lines"] or 0, chain.combined_head(book)))
    return found


def published_heads() -> dict[str, dict[str, Any]]:
    """All that is published of the books: where each stands now, and its newest seal."""
    books: dict[str, dict[str, Any]] = {
        head.book: {"people": head.people, "lines": head.lines, "head": head.head} for head in heads()
    }
    books[AUDIT] = {"head": chain.combined_head(AUDIT)}
    seals = newest_seals(list(books))
    return {book: {**told, "seal": told_of(seals[book]) if book in seals else None} for book, told in books.items()}


def head_of(book: Book, owner: str) -> str:
    """The hash of the last line of one person's chain; empty before the first line."""
    return chain.heads(book).filter(owner=owner).values_list("hash", flat=True).first() or ""
