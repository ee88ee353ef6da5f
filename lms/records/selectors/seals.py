"""The seals of the books: what is published of them, and what was under one."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef

from lms.records.models import Seal, SealLeaf


def newest_seal(book: str) -> Seal | None:
    """The last seal of a book; none before the first (one query)."""
    return Seal.objects.filter(book=book).order_by("-number").first()


def newest_seals(books: Collection[str]) -> dict[str, Seal]:
    """The last seal of each of these books (one query)."""
    later = Seal.objects.filter(book=OuterRef("book"), number__gt=OuterRef("number"))
    return {seal.book: seal for seal in Seal.objects.filter(~Exists(later), book__in=books)}


def first_seal_since(book: str, moment: datetime) -> Seal | None:
    """The first seal of a book made at that moment or later; none before there is one (one query)."""
    return Seal.objects.filter(book=book, at__gte=moment).order_by("number").first()


def seal_numbered(book: str, number: int) -> Seal | None:
    """One seal of a book by its number."""
    return Seal.objects.filter(book=book, number=number).first()


def newest_leaf(book: str, owner: str) -> SealLeaf | None:
    """Where the chain of `owner` stood when it was sealed last, with its seal (one query)."""
    leaves = SealLeaf.objects.filter(seal__book=book, owner=owner).select_related("seal")
    return leaves.order_by("-seq").first()


def seals_in_order(book: str) -> Iterator[Seal]:
    """All seals of a book from the first."""
    return Seal.objects.filter(book=book).order_by("number").iterator()


def leaves_under(seal: Seal) -> list[tuple[str, int, str]]:
    """Owner, number of the line and its hash for every chain under a seal, by place (one query)."""
    return list(SealLeaf.objects.filter(seal=seal).order_by("place").values_list("owner", "seq", "hash"))


def told_of(seal: Seal) -> dict[str, int | str]:
    """What is published of a seal: no owner, no name."""
    return {
        "number": seal.number,
        "at": _utc(seal.at),
        "root": seal.root,
        "chains": seal.chains,
        "lines": seal.lines,
        "previous": seal.previous_hash,
        "hash": seal.hash,
    }


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
