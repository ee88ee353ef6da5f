"""Reading what people type: width, case, spaces and every kind of dash."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
# Hyphens, dashes, minus signs and the Chinese and Japanese strokes that look like one.
_DASHES = re.compile("[‐‑‒–—―⁃−─一ー﹘﹣－-]+")
_DOTS = re.compile("[·•‧∙⋅・･．.]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
LONGEST_INPUT = 200


def fold(text: str) -> str:
    """NFKC, upper case, no white space, no invisible characters, every dash a plain one."""
    capitals = unicodedata.normalize("NFKC", text[:LONGEST_INPUT]).upper()
    bare = _SPACES.sub("", _INVISIBLE.sub("", capitals))
    return _DASHES.sub("-", unicodedata.normalize("NFKC", bare))


def fold_name(name: str) -> str:
    """A name for comparing: `买买提·艾力`, `买买提・艾力` and wide letters come out the same."""
    plain = unicodedata.normalize("NFKC", _DOTS.sub("·", _INVISIBLE.sub("", name[:LONGEST_INPUT])))
    return _SPACES.sub("", _DOTS.sub("·", plain)).casefold()
