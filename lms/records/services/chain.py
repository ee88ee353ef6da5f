"""The one hash chain: lines that cannot be changed, left out or slipped in without it showing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from lms.records.models import ChainHead
from lms.records.selectors.chain import combined_head
from lms.records.validators import canonical_json

GENESIS = "0" * 64

Line = tuple[int, str, str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Link:
    """A line's place in its chain; the room that adds the line keeps all three beside it."""

    seq: int
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What reading one chain found; `first_broken` is the number of the first line that does not fit."""

    ok: bool
    lines: int
    first_broken: int | None
    head: str


@dataclass(frozen=True, slots=True)
class BookReport:
    """What reading a whole book found; `first_broken` is `owner#line`."""

    ok: bool
    lines: int
    first_broken: str | None
    head: str


def link_hash(*, book: str, owner: str, seq: int, previous_hash: str, payload: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a line and its place."""
    line = {"book": book, "owner": owner, "seq": seq, "previous_hash": previous_hash, "payload": payload}
    return sha256(canonical_json(line)).hexdigest()


@transaction.atomic
def append_link(*, book: str, owner: str, payload: dict[str, Any], now: datetime) -> Link:
    """Take the next place in the chain of `owner`, locked until the caller's transaction ends.

    Call it inside the transaction that writes the line. PostgreSQL locks the head's row; SQLite has one
    writer at a time because transactions begin IMMEDIATE.
    """
    head, _created = ChainHead.objects.select_for_update().get_or_create(
        book=book, owner=owner, defaults={"seq": 0, "hash": GENESIS, "moved_at": now}
    )
    seq, previous_hash = head.seq + 1, head.hash
    head.hash = link_hash(book=book, owner=owner, seq=seq, previous_hash=previous_hash, payload=payload)
    head.seq, head.moved_at = seq, now
    head.save(update_fields=["seq", "hash", "moved_at"])
    return Link(seq, previous_hash, head.hash)


def _fits(book: str, owner: str, line: Line, seq: int, previous_hash: str) -> bool:
    stored_seq, stored_previous, stored_hash, payload = line
    return (stored_seq, stored_previous) == (seq, previous_hash) and stored_hash == link_hash(
        book=book, owner=owner, seq=seq, previous_hash=previous_hash, payload=payload
    )


def verify_links(book: str, owner: str, lines: Iterable[Line]) -> ChainReport:
    """Read a chain from its first line, `lines` in order of their number, and compare it with its head.

    A line that was cut off the end shows, because the head knows how long the chain is.
    """
    seq, previous_hash, first_broken, count = 0, GENESIS, None, 0
    for line in lines:
        count += 1
        if first_broken is None:
            seq += 1
            if _fits(book, owner, line, seq, previous_hash):
                previous_hash = line[2]
            else:
                first_broken = seq
    head = ChainHead.objects.filter(book=book, owner=owner).first()
    length, last_hash = (head.seq, head.hash) if head else (0, GENESIS)
    if first_broken is None and (seq, previous_hash) != (length, last_hash):
        first_broken = seq if seq == length else min(seq, length) + 1
    return ChainReport(first_broken is None, count, first_broken, last_hash)


def verify_book(book: str, chains: Iterable[tuple[str, Iterable[Line]]]) -> BookReport:
    """Read every chain of a book; a chain whose lines have all gone shows by its head."""
    lines, first_broken, seen = 0, None, set()
    for owner, of_owner in chains:
        seen.add(owner)
        report = verify_links(book, owner, of_owner)
        lines += report.lines
        if report.first_broken is not None and first_broken is None:
            first_broken = f"{owner}#{report.first_broken}"
    emptied = ChainHead.objects.filter(book=book).exclude(owner__in=seen).order_by("owner").first()
    if emptied and first_broken is None:
        first_broken = f"{emptied.owner}#1"
    return BookReport(first_broken is None, lines, first_broken, combined_head(book))
