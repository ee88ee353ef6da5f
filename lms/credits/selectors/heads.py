"""Where the two ledgers stand: what the public page of heads prints, without a name in it."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from lms.credits.enums import Book
from lms.records.selectors import chain


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


def head_of(book: Book, owner: str) -> str:
    """The hash of the last line of one person's chain; empty before the first line."""
    return chain.heads(book).filter(owner=owner).values_list("hash", flat=True).first() or ""
