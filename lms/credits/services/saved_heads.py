"""Heads that somebody saved earlier, held against a book: a copy older than they are, or written anew, gives itself
away."""

from collections.abc import Mapping
from typing import Any

from lms.records.selectors.chain import heads
from lms.records.selectors.seals import newest_seal, seal_numbered


class UnusableHeads(ValueError):
    """The saved document does not speak of the book, or is none of ours."""


def _usable(seal: Any) -> bool:
    return seal is None or (type(seal["number"]) is int and isinstance(seal["hash"], str))


def _seal_of(saved: Any, book: str) -> tuple[int, Mapping[str, Any] | None]:
    """How many lines the book had when the heads were saved, and its newest seal then."""
    try:
        told = saved["books"][book]
        lines, seal = told.get("lines", 0), told.get("seal")
        usable = type(lines) is int and _usable(seal)
    except (KeyError, TypeError, AttributeError):
        usable = False
    if not usable:
        raise UnusableHeads(book)
    return lines, seal


def lines_in(book: str) -> int:
    """How many lines a book has by the heads of its chains."""
    return sum(heads(book).order_by().values_list("seq", flat=True).iterator())


def contradiction(*, book: str, saved: Any) -> tuple[str, int] | None:
    """What in the saved heads is not true of the book: (`seal-missing` or `seal-differs`, number of the seal), or
    (`lines-missing`, how many).
    """
    lines, seal = _seal_of(saved, book)
    if seal is not None:
        here = seal_numbered(book, seal["number"])
        if here is None:
            newest = newest_seal(book)
            return "seal-missing", newest.number + 1 if newest else 1
        if here.hash != seal["hash"]:
            return "seal-differs", seal["number"]
    missing = lines - lines_in(book)
    return ("lines-missing", missing) if missing > 0 else None
