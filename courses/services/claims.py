"""What may be stated as fact: the registry of facts, and the list of what could not be verified."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from lms.kernel.data_files import parse_yaml

DATA = Path(__file__).parent.parent / "data"
OWN = "own"
_SENTENCE = re.compile(r"[^。！？\n]+")


class FactStatus(StrEnum):
    """How well a fact is known."""

    VERIFIED = "verified"
    SECOND_HAND = "second-hand"


@dataclass(frozen=True, slots=True)
class Unverified:
    """A statement that no text may make, and why; a sentence that fits `unless` says so itself."""

    code: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    reason: str

    def stated_in(self, sentence: str) -> bool:
        """Whether this sentence states it."""
        return bool(self.words.search(sentence)) and not (self.unless and self.unless.search(sentence))


def facts_in(folder: Path = DATA / "facts") -> list[dict[str, Any]]:
    """Every row of the registry, in the order of files."""
    return [row for path in sorted(folder.glob("*.yaml")) for row in parse_yaml(path.read_text(encoding="utf-8"))]


def standing_of_facts(rows: list[dict[str, Any]]) -> dict[str, str]:
    """The status of each fact by identifier."""
    return {row["id"]: row["status"] for row in rows}


def registered_twice(rows: list[dict[str, Any]]) -> list[str]:
    """Identifiers that two rows of the registry use."""
    return [code for code, times in Counter(row["id"] for row in rows).items() if times > 1]


@cache
def unverified() -> tuple[Unverified, ...]:
    """What no text may state, as courses/data/unverified.yaml lists it."""
    rows = parse_yaml((DATA / "unverified.yaml").read_text(encoding="utf-8"))
    return tuple(
        Unverified(
            code=row["id"],
            words=re.compile(row["words"]),
            unless=re.compile(row["unless"]) if "unless" in row else None,
            reason=row["reason"],
        )
        for row in rows
    )


def unverified_in(text: str) -> Iterator[tuple[Unverified, str]]:
    """Each unverified statement that a sentence of this plain text makes, with the sentence."""
    for sentence in _SENTENCE.findall(text):
        for statement in unverified():
            if statement.stated_in(sentence):
                yield statement, sentence.strip()
