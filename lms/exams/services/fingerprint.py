"""Hashes and orders that come from their inputs alone."""

import json
from collections.abc import Sequence
from hashlib import blake2b, sha256
from typing import Any, TypeVar

T = TypeVar("T")


def fingerprint(value: Any) -> str:
    """SHA-256 over the canonical JSON of `value`: equal content, equal hash, on every machine."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def shuffled(seed: str, label: str, things: Sequence[T]) -> list[T]:
    """`things` in the order that `seed` and `label` draw, by blake2b and nothing else."""

    def draw(numbered: tuple[int, T]) -> bytes:
        return blake2b(f"{seed}|{label}|{numbered[0]}".encode(), digest_size=16).digest()

    return [thing for _number, thing in sorted(enumerate(things), key=draw)]


def short_code(text: str, *, groups: int) -> str:
    """A code for people to read out, four signs of Crockford's base 32 a group: `7K3M-Q2WX`."""
    number = int.from_bytes(blake2b(text.encode(), digest_size=20).digest())
    signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    drawn = [signs[number >> 5 * place & 31] for place in range(4 * groups)]
    return "-".join("".join(drawn[start : start + 4]) for start in range(0, 4 * groups, 4))
