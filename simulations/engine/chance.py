"""Draws that any machine repeats: a number in [0, 1) from a seed and the name of what is drawn."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

Choice = TypeVar("Choice")


def u01(seed: str, *labels: str | int) -> float:
    """Draw for one named purpose. The same seed and labels give the same number for ever."""
    text = "\x1f".join([seed, *(str(label) for label in labels)])
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big") / 2**56


def pick(seed: str, choices: Sequence[Choice], *labels: str | int) -> Choice:
    """Choose one of several, each as likely as the others."""
    return choices[int(u01(seed, *labels) * len(choices))]
