"""The house mark as a drawing inside a printed paper."""

import re
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

from .pigments import pigment

_PATH = re.compile(r'd="([^"]+)"')


@lru_cache(maxsize=1)
def mark_path() -> str:
    """The bridge of the house mark, 48 units wide, as it stands in the design's own drawing."""
    match = _PATH.search(Path(str(finders.find("design/mark.svg"))).read_text())
    if match is None:
        raise LookupError("design/mark.svg holds no path")
    return match[1]


def mark_svg() -> str:
    """The mark in azurite."""
    colour = pigment("cert-blue")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="29" viewBox="0 0 48 29">'
        f'<path fill="{colour}" fill-rule="evenodd" d="{mark_path()}"/></svg>'
    )
