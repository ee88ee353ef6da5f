"""The one hash chain: lines that cannot be changed, left out or slipped in without it showing."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import Any

from django.db import connection, transaction
from django.db.models import Subquery

from lms.records.models import ChainHead
from lms.records.selectors.chain import combined_head
from lms.records.validators import canonical_json

GENESIS = "0" * 64

# Number, hash of the line before, own hash, and what it says: as it is, or spelt as canonical JSON already.
Line = tuple[int, str, str, dict[str, Any] | str]


@dataclass(frozen=True, slots=True)
class Held:
    """Where a chain stands, held until the transaction ends; `beside` is what the same statement was asked for."""

    pk: int
    book: str
    owner: str
    seq: int
    hash: str
    beside: Mapping[str, Any] = field(default_factory=dict)


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
    return _spelt_hash(opening(book, owner), canonical_json(payload).decode(), previous_hash, seq)


def opening(book: str, owner: str) -> str:
    """How the canonical JSON of every line of a chain begins; its names sort as book, owner, payload, and so on."""
    told = canonical_json({"book": book, "owner": owner}).decode()
    return f'{told[:-1]},"payload":'


def _spelt_hash(opening: str, payload: str, previous_hash: str, seq: int) -> str:
    line = f'{opening}{payload},"previous_hash":{dumps(previous_hash)},"seq":{seq}}}'
    return sha256(line.encode()).hexdigest()


def joined() -> AbstractContextManager[Any]:
    """The transaction that is open, without a savepoint of its own; a new one where none is."""
    return nullcontext() if connection.in_atomic_block else transaction.atomic()


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read within is read as it stood at one moment, while others go on writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # `atomic` would take SQLite's lock for writing; reading needs none.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("COMMIT")


def begin_chain(*, book: str, owner: str, now: datetime) -> None:
    """Make the head of a chain that has no line yet; harmless when somebody else just did."""
    head = ChainHead(book=book, owner=owner, seq=0, hash=GENESIS, moved_at=now)
    ChainHead.objects.bulk_create([head], ignore_conflicts=True)


def hold_head(*, book: str, owner: str | Subquery, beside: Mapping[str, Any] | None = None) -> Held | None:
    """Lock the head of a chain until the transaction ends; nothing where the chain has not begun (one query).

    `beside` names expressions to be answered by the same statement. Whoever had to wait for the lock gets the head
    as it is now, but on PostgreSQL `beside` as it was before the wait: ask for something that tells.
    """
    asked = dict(beside or {})
    rows = ChainHead.objects.select_for_update().filter(book=book, owner=owner).annotate(**asked)
    for pk, owned_by, seq, head, *answers in rows.values_list("pk", "owner", "seq", "hash", *asked):
        return Held(pk, book, owned_by, seq, head, dict(zip(asked, answers, strict=True)))
    return None


def next_link(held: Held, payload: dict[str, Any]) -> Link:
    """The place after the head that is held."""
    seq = held.seq + 1
    own = link_hash(book=held.book, owner=held.owner, seq=seq, previous_hash=held.hash, payload=payload)
    return Link(seq, held.hash, own)


def move_head(held: Held, link: Link, *, now: datetime) -> None:
    """Let the head that is held point to the line just written (one query)."""
    ChainHead.objects.filter(pk=held.pk).update(seq=link.seq, hash=link.hash, moved_at=now)


@transaction.atomic
def append_link(*, book: str, owner: str, payload: dict[str, Any], now: datetime) -> Link:
    """Take the next place in the chain of `owner`, locked until the caller's transaction ends.

    Call it inside the transaction that writes the line. PostgreSQL locks the head's row; SQLite has one
    writer at a time because transactions begin IMMEDIATE.
    """
    head, _created = ChainHead.objects.select_for_update().get_or_create(
        book=book, owner=owner, defaults={"seq": 0, "hash": GENESIS, "moved_at": now}
    )
    held = Held(head.pk, book, owner, head.seq, head.hash)
    link = next_link(held, payload)
    move_head(held, link, now=now)
    return link


def _first_broken(opening: str, lines: Iterable[Line], head: tuple[int, str]) -> tuple[int, int | None]:
    """How many lines there are, and the number of the first that does not fit."""
    seq, previous_hash, first_broken, count = 0, GENESIS, None, 0
    for stored_seq, stored_previous, stored_hash, payload in lines:
        count += 1
        if first_broken is not None:
            continue
        seq += 1
        spelt = payload if isinstance(payload, str) else canonical_json(payload).decode()
        if (stored_seq, stored_previous) == (seq, previous_hash) and stored_hash == _spelt_hash(
            opening, spelt, previous_hash, seq
        ):
            previous_hash = stored_hash
        else:
            first_broken = seq
    if first_broken is None and (seq, previous_hash) != head:
        first_broken = seq if seq == head[0] else min(seq, head[0]) + 1
    return count, first_broken


def verify_links(book: str, owner: str, lines: Iterable[Line]) -> ChainReport:
    """Read a chain from its first line, `lines` in order of their number, and compare it with its head.

    A line that was cut off the end shows, because the head knows how long the chain is.
    """
    found = ChainHead.objects.filter(book=book, owner=owner).first()
    head = (found.seq, found.hash) if found else (0, GENESIS)
    count, first_broken = _first_broken(opening(book, owner), lines, head)
    return ChainReport(first_broken is None, count, first_broken, head[1])


def verify_book(book: str, chains: Iterable[tuple[str, Iterable[Line]]]) -> BookReport:
    """Read every chain of a book; a chain whose lines have all gone shows by its head.

    All heads are read at once, before the lines.
    """
    rows = ChainHead.objects.filter(book=book, seq__gt=0).values_list("owner", "seq", "hash")
    standing = {owner: (seq, head) for owner, seq, head in rows.iterator()}
    lines, broken = 0, None
    for owner, of_owner in chains:
        count, first_broken = _first_broken(opening(book, owner), of_owner, standing.pop(owner, (0, GENESIS)))
        lines += count
        if first_broken is not None and broken is None:
            broken = f"{owner}#{first_broken}"
    if standing and broken is None:
        broken = f"{min(standing)}#1"
    return BookReport(broken is None, lines, broken, combined_head(book))
