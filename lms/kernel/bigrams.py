"""Words for the search index, cut the same way when a text is kept and when it is asked for.

Databases cut text at spaces, and Chinese has none. So a run of Chinese is kept as its pairs of neighbours:
训练数据 becomes 训练 练数 数据, and the last character once more, alone. A question for two characters or more
asks for its pairs; a question for one character asks for what begins with it. Latin words and numbers stay whole.
What comes out is made of ASCII letters and digits and of characters that every engine takes for letters, whatever
its tables of Unicode; anything rarer is written as its number.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

LONGEST_WORD = 64
MOST_TERMS = 64
# Kana, Extension A, the unified ideographs and Hangul as far as the oldest table in use knows them.
_KNOWN = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u3400-\u4db5\u4e00-\u9fcc\uac00-\ud7a3]")
_INVISIBLE = ("Mn", "Me", "Cf", "Cs")


@dataclass(frozen=True, slots=True)
class Term:
    """What a question asks the index for: a word, or the beginning of one."""

    text: str
    prefix: bool = False


def folded(text: str) -> str:
    """The text without what nobody types: width, case, accents, marks that cannot be seen."""
    plain = _folded_once(text)
    while (again := _folded_once(plain)) != plain:
        plain = again
    return plain


def runs(text: str) -> Iterator[tuple[bool, str]]:
    """Latin words, and runs of everything else that means something; punctuation and spaces divide them."""
    for kind, chars in groupby(folded(text), key=_kind):
        if kind:
            run = "".join(chars)
            yield kind == "latin", run[:LONGEST_WORD] if kind == "latin" else run


def bigrams(text: str) -> list[str]:
    """Every word under which `text` is kept, in the order of the text."""
    kept: list[str] = []
    for latin, run in runs(text):
        kept.extend([run] if latin else _pairs(run, last=True))
    return kept


def index_text(text: str) -> str:
    """The words of `text` with spaces between them, as a database wants them."""
    return " ".join(bigrams(text))


def query_terms(text: str) -> list[Term]:
    """What has to be in a text, all of it, for `text` to be found there; empty where nothing can be looked for."""
    asked: dict[Term, None] = {}
    for latin, run in runs(text):
        if latin:
            asked[Term(run, prefix=len(run) > 1)] = None
        elif len(run) == 1:
            asked[Term(_spelt(run), prefix=True)] = None
        else:
            asked.update(dict.fromkeys(Term(pair) for pair in _pairs(run, last=False)))
    return list(asked)[:MOST_TERMS]


def _folded_once(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", "".join(map(_seen, apart)))


@lru_cache(maxsize=16_384)
def _seen(char: str) -> str:
    return "" if unicodedata.category(char) in _INVISIBLE else char


@lru_cache(maxsize=16_384)
def _kind(char: str) -> str:
    """`latin`, `character`, or nothing for what divides."""
    if char.isascii():
        return "latin" if char.isalnum() else ""
    category = unicodedata.category(char)
    return "character" if category[0] in "LN" or category in {"So", "Co"} else ""


def _pairs(run: str, *, last: bool) -> Iterator[str]:
    spelt = [_spelt(char) for char in run]
    yield from (first + second for first, second in pairwise(spelt))
    if last:
        yield spelt[-1]


def _spelt(char: str) -> str:
    return char if _KNOWN.match(char) else f"u{ord(char):06x}"
