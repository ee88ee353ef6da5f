"""What of a text a search shows: the part around the hit, with the words that were asked for marked."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lms.kernel.bigrams import folded, runs

BEFORE = 24
LENGTH = {"zh-hans": 96, "en": 220}
# Where a sentence may begin within what is shown before the hit.
_STOPS = re.compile(r"[。！？；\n]|[.!?;] ")
Span = tuple[int, int]


class Asked:
    """A question as it is looked for in the texts that answer it."""

    def __init__(self, query: str) -> None:
        parts = list(runs(query))
        self._whole = _pattern(parts)
        pairs = (pair for latin, run in parts if not latin for pair in _pairs(run))
        self._pieces = _pattern([(False, pair) for pair in pairs])

    def spans(self, text: str) -> list[Span]:
        """Where the words stand in `text`; where none stands whole, its pairs."""
        if self._whole is None:
            return []
        plain, places = _aligned(text)
        for pattern in filter(None, (self._whole, self._pieces)):
            if found := [(places[hit.start()], places[hit.end() - 1] + 1) for hit in pattern.finditer(plain)]:
                return found
        return []

    def marked(self, text: str) -> SafeString:
        """The whole of a short text with its hits in `<mark>`."""
        return _marked(text, self.spans(text))

    def excerpt(self, text: str, language: str) -> SafeString:
        """The part of a long text around its first hit; its beginning, where the hit is elsewhere."""
        spans = self.spans(text)
        start, end = _window(text, spans[0][0] if spans else 0, LENGTH[language])
        shown = [(left - start, min(right, end) - start) for left, right in spans if start <= left < end]
        words = _marked(text[start:end], shown)
        return format_html("{}{}{}", "…" if start else "", words, "…" if end < len(text) else "")


def _pattern(parts: Iterable[tuple[bool, str]]) -> re.Pattern[str] | None:
    """Any of the runs, the longest first; a Latin one from the beginning of a word to its end."""
    wanted = sorted({part: None for part in parts if part[1]}, key=lambda part: -len(part[1]))
    said = [rf"(?<![a-z0-9]){run}[a-z0-9]*" if latin else re.escape(run) for latin, run in wanted]
    return re.compile("|".join(said)) if said else None


def _pairs(run: str) -> list[str]:
    return [first + second for first, second in pairwise(run)]


def _aligned(text: str) -> tuple[str, list[int] | range]:
    """The text as it is compared, and for every character of that its place in `text`."""
    pieces = [_fold(char) for char in text]
    plain = "".join(pieces)
    if len(plain) == len(text) and all(pieces):
        return plain, range(len(text))
    return plain, [place for place, piece in enumerate(pieces) for _char in piece]


@lru_cache(maxsize=16_384)
def _fold(char: str) -> str:
    return folded(char)


def _window(text: str, hit: int, length: int) -> Span:
    """From a little before the hit, at a sentence or a word if one begins there, as far as there is room."""
    earliest = max(0, min(hit - BEFORE, len(text) - length))
    start = _beginning(text, earliest, hit) if earliest else 0
    end = min(len(text), start + length)
    word = text.rfind(" ", max(hit + 1, end - BEFORE), end)
    return start, word if end < len(text) and word >= 0 else end


def _beginning(text: str, earliest: int, hit: int) -> int:
    stops = [stop.end() for stop in _STOPS.finditer(text, earliest, hit)]
    space = text.find(" ", earliest, hit)
    start = stops[0] if stops else space if space >= 0 else earliest
    return start + len(text[start:hit]) - len(text[start:hit].lstrip())


def _marked(text: str, spans: Iterable[Span]) -> SafeString:
    pieces: list[tuple[str, SafeString | str]] = []
    done = 0
    for left, right in spans:
        if left >= done:
            pieces.append((text[done:left], format_html("<mark>{}</mark>", text[left:right])))
            done = right
    return format_html("{}{}", format_html_join("", "{}{}", pieces), text[done:])
