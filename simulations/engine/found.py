"""Found: a problem of a scenario before it has a line, and the commonest of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .load import Path


@dataclass(frozen=True, slots=True)
class Found:
    """A problem before it has a line."""

    path: Path
    code: str
    en: str
    zh: str


def unknown(path: Path, kind: str, name: str) -> Found:
    """A name that nothing answers to."""
    return Found(path, "unknown-reference", f"There is no {kind} “{name}”.", f"没有名为“{name}”的 {kind}。")


def missing(path: Path, kind: str, names: Iterable[str], there: Iterable[str]) -> Iterator[Found]:
    """Those names that nothing answers to."""
    yield from (unknown(path, kind, name) for name in names if name not in there)
