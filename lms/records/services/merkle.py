"""Merkle trees as in RFC 6962: one hash over many leaves, and a short proof that one of them is among them.

Leaves and nodes are hashed with different beginnings, so that a node never passes for a leaf.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from lms.records.validators import canonical_json

_LEAF, _NODE = b"\x00", b"\x01"
EMPTY = sha256(b"").hexdigest()


def leaf_hash(told: list[Any]) -> str:
    """The hash of a leaf that says `told`, as canonical JSON."""
    return sha256(_LEAF + canonical_json(told)).hexdigest()


def _node(left: str, right: str) -> str:
    return sha256(_NODE + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def _levels(leaves: Sequence[str]) -> list[Sequence[str]]:
    """All levels from the leaves to the root; a node without a partner goes up as it is."""
    levels = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = [_node(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
        levels.append(pairs + list(below[len(pairs) * 2 :]))
    return levels


def root_of(leaves: Sequence[str]) -> str:
    """The root over leaf hashes in their order."""
    return _levels(leaves)[-1][0] if leaves else EMPTY


def path_of(leaves: Sequence[str], place: int) -> list[str]:
    """The hashes beside the way from the leaf at `place` up to the root, from below."""
    path = []
    for level in _levels(leaves)[:-1]:
        beside = place ^ 1
        if beside < len(level):
            path.append(level[beside])
        place //= 2
    return path


def root_by(leaf: str, *, place: int, size: int, path: Sequence[str]) -> str | None:
    """The root that follows from one leaf and its path; nothing where the path does not belong to place and size."""
    if not 0 <= place < size:
        return None
    rest = list(path)
    while size > 1:
        if place ^ 1 < size:
            if not rest:
                return None
            beside = rest.pop(0)
            leaf = _node(beside, leaf) if place % 2 else _node(leaf, beside)
        place, size = place // 2, (size + 1) // 2
    return None if rest else leaf
