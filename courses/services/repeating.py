"""Finding what is said twice: paragraphs and questions that are the same, or nearly, in two places."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SHINGLE = 6
SHORTEST = 24
ALIKE = 0.6
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Said:
    """Some words and where they stand; `whole` names what they may repeat themselves within."""

    whole: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two places that say the same; `alike` is 1 where they do so letter for letter."""

    one: Said
    other: Said
    alike: float


def repeats_in(said: Iterable[Said]) -> Iterator[Repeat]:
    """Pairs from different wholes of which at least 60 of 100 pieces of six characters are common to both."""
    shingled = [(each, _shingles(each.text)) for each in said]
    seen: dict[str, list[int]] = defaultdict(list)
    for number, (each, pieces) in enumerate(shingled):
        common: dict[int, int] = defaultdict(int)
        for piece in pieces:
            for earlier in seen[piece]:
                common[earlier] += 1
            seen[piece].append(number)
        for earlier, shared in sorted(common.items()):
            one, before = shingled[earlier]
            alike = shared / len(pieces | before)
            if one.whole != each.whole and alike >= ALIKE:
                yield Repeat(one, each, alike)


def _shingles(text: str) -> frozenset[str]:
    """The text's pieces of six characters, without spaces and points; none where it is too short to matter."""
    words = _NO_WORD.sub("", text).lower()
    if len(words) < SHORTEST:
        return frozenset()
    return frozenset(words[start : start + SHINGLE] for start in range(len(words) - SHINGLE + 1))
