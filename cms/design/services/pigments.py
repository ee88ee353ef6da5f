"""Colours of printed papers, read from the design tokens: a drawing inside a PDF cannot use variables."""

import re
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

TOKENS = "design/css/tokens.css"
_DECLARATION = re.compile(r"(--[\w-]+):\s*(var\((--[\w-]+)\)|#[0-9a-fA-F]{3,8})")


@lru_cache(maxsize=1)
def _palette() -> dict[str, str]:
    """Name → what it is set to first: a colour, or the name of another token."""
    path = finders.find(TOKENS)
    found: dict[str, str] = {}
    for match in _DECLARATION.finditer(Path(str(path)).read_text()):
        found.setdefault(match[1], match[3] or match[2])
    return found


def pigment(name: str) -> str:
    """The colour of a token, followed through to the palette (`cert-blue`)."""
    value = f"--{name}"
    while value.startswith("--"):
        value = _palette()[value]
    return value
