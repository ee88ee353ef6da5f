"""How a room writes its rows of the matrix: every cell an answer written by hand."""

from collections.abc import Callable
from dataclasses import dataclass

from .world import ROLES, Base

LOGIN = "login"  # sent to the sign-in page
Answer = int | str


def cells(answers: str) -> dict[str, Answer]:
    """Read nine answers in the order of ROLES, written as `login 200 404 404 200 404 404 200 200`."""
    words = answers.split()
    if len(words) != len(ROLES):
        raise ValueError(f"{len(ROLES)} answers wanted, {len(words)} given: {answers}")
    return {role: word if word == LOGIN else int(word) for role, word in zip(ROLES, words, strict=True)}


@dataclass(frozen=True)
class Row:
    """One address: who gets what for an object of their own base, and for one of another base.

    `url` makes the path from a base and what the rooms put into its `things`; `foreign` is None for
    addresses that have no object. `method` is "get" or "post"; a post sends `data(base)`.
    """

    name: str
    url: Callable[[Base], str]
    own: dict[str, Answer]
    foreign: dict[str, Answer] | None = None
    method: str = "get"
    data: Callable[[Base], dict[str, object]] | None = None
    as_json: bool = False
