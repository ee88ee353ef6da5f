"""Sealing a book: from time to time one hash over where every chain of it stands, chained to the seal before."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery, Sum

from lms.records.models import AuditEvent, ChainHead, Seal, SealLeaf
from lms.records.selectors.seals import leaves_under, newest_leaf, seals_in_order

from .chain import GENESIS, Held, begin_chain, hold_head, link_hash, move_head, next_link
from .merkle import leaf_hash, path_of, root_by, root_of

# The seals of a book are a chain themselves: in the book of seals, with the sealed book as owner.
SEALS = "seals"
Leaf = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That the line `seq` of `owner` with this hash was in the book when it was sealed, for anybody to check."""

    book: str
    owner: str
    seq: int
    hash: str
    place: int
    path: list[str]
    seal: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SealReport:
    """What reading the seals of a book found; `first_broken` is the number of the first seal that does not fit."""

    seals: int
    first_broken: int | None
    leaves: dict[str, dict[int, str]]


def _payload(seal: Seal) -> dict[str, Any]:
    return {
        "at": seal.at.astimezone(UTC).isoformat(),
        "root": seal.root,
        "chains": seal.chains,
        "lines": seal.lines,
    }


def _root(leaves: Iterable[Leaf]) -> str:
    return root_of([leaf_hash(list(leaf)) for leaf in leaves])


def _moved(book: str) -> tuple[list[Leaf], int]:
    """Chains that have gone on since they were sealed, and how many lines the whole book has, at one moment."""
    sealed = SealLeaf.objects.filter(seal__book=book, owner=OuterRef("owner"), seq=OuterRef("seq"))
    heads = ChainHead.objects.filter(book=book, seq__gt=0)
    lines = Subquery(heads.order_by().values("book").annotate(sum=Sum("seq")).values("sum"))
    rows = list(heads.filter(~Exists(sealed)).annotate(all=lines).values_list("owner", "seq", "hash", "all"))
    return sorted(row[:3] for row in rows), rows[0][3] if rows else 0


def _held(book: str, now: datetime) -> Held:
    held = hold_head(book=SEALS, owner=book)
    if held is None:
        begin_chain(book=SEALS, owner=book, now=now)
        held = hold_head(book=SEALS, owner=book)
    if held is None:
        raise LookupError(book)
    return held


@transaction.atomic
def seal_book(*, book: str, now: datetime) -> Seal | None:
    """Seal what was written since the seal before; nothing where no chain has moved.

    Two at once take turns, and the second finds nothing moved. Ended in the middle, it has done nothing.
    """
    held = _held(book, now)
    leaves, lines = _moved(book)
    if not leaves:
        return None
    seal = Seal(book=book, root=_root(leaves), chains=len(leaves), lines=lines, at=now)
    link = next_link(held, _payload(seal))
    seal.number, seal.previous_hash, seal.hash = link.seq, link.previous_hash, link.hash
    seal.save(force_insert=True)
    rows = [
        SealLeaf(seal=seal, place=place, owner=owner, seq=seq, hash=own)
        for place, (owner, seq, own) in enumerate(leaves)
    ]
    SealLeaf.objects.bulk_create(rows, batch_size=1000)
    move_head(held, link, now=now)
    return seal


def inclusion_proof(*, book: str, owner: str) -> InclusionProof | None:
    """The proof for the newest line of `owner` that was sealed; none before the first seal."""
    leaf = newest_leaf(book, owner)
    if leaf is None:
        return None
    hashes = [leaf_hash(list(each)) for each in leaves_under(leaf.seal)]
    seal = {
        "number": leaf.seal.number,
        **_payload(leaf.seal),
        "previous": leaf.seal.previous_hash,
        "hash": leaf.seal.hash,
    }
    return InclusionProof(book, owner, leaf.seq, leaf.hash, leaf.place, path_of(hashes, leaf.place), seal)


def _seal_hash(book: str, seal: dict[str, Any]) -> str:
    payload = {name: seal[name] for name in ("at", "root", "chains", "lines")}
    return link_hash(book=SEALS, owner=book, seq=seal["number"], previous_hash=seal["previous"], payload=payload)


def verify_inclusion(proof: InclusionProof) -> bool:
    """Whether leaf, path, root and seal fit together; compare the seal's hash with a published one besides."""
    seal = proof.seal
    leaf = leaf_hash([proof.owner, proof.seq, proof.hash])
    root = root_by(leaf, place=proof.place, size=seal["chains"], path=proof.path)
    return root == seal["root"] and _seal_hash(proof.book, seal) == seal["hash"]


def as_document(proof: InclusionProof) -> dict[str, Any]:
    """The proof in JSON's own types, as it is handed out."""
    return {"schema": 1, **asdict(proof)}


def verify_seals(book: str) -> SealReport:
    """Read all seals of a book: numbers, hashes, roots over their leaves, and the head that says how many there are.

    The leaves are answered for whoever reads the lines.
    """
    count, broken, previous = 0, None, GENESIS
    leaves: dict[str, dict[int, str]] = {}
    for seal in seals_in_order(book):
        count += 1
        under = leaves_under(seal)
        told = {"number": seal.number, **_payload(seal), "previous": previous}
        whole = (
            (seal.number, seal.previous_hash, seal.chains) == (count, previous, len(under))
            and seal.root == _root(under)
            and seal.hash == _seal_hash(book, told)
        )
        if not whole and broken is None:
            broken = count
        previous = seal.hash
        for owner, seq, own in under:
            leaves.setdefault(owner, {})[seq] = own
    head = ChainHead.objects.filter(book=SEALS, owner=book).values_list("seq", "hash").first() or (0, GENESIS)
    if broken is None and (count, previous) != tuple(head):
        broken = min(count, head[0]) + 1 if count != head[0] else count
    return SealReport(count, broken, leaves)


def unmet_event(leaves: dict[str, dict[int, str]]) -> str | None:
    """The first line of the audit book that was sealed and does not stand as it was; `owner#line`."""
    events = AuditEvent.objects.order_by().values_list("organisation", "seq", "hash")
    for owner, seq, own in events.iterator():
        if leaves.get(owner, {}).get(seq) == own:
            del leaves[owner][seq]
    unmet = sorted((owner, min(left)) for owner, left in leaves.items() if left)
    return f"{unmet[0][0]}#{unmet[0][1]}" if unmet else None
