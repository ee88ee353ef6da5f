"""The QR code of a printed paper: the address of its check, in as few modules as it can be said."""

from typing import Any

import segno

from .pigments import pigment

# The mask is fixed: searching for the prettiest one costs seven times the rest.
MASK = 4
QUIET = 4


def _segments(url: str) -> list[str]:
    """Number and check code stand apart, so that each is written in the dense mode for capitals and digits."""
    address, _mark, code = url.partition("?c=")
    host, _stroke, serial = address.rpartition("/")
    return [f"{host}/", serial, "?c=", code]


def qr_svg(url: str) -> str:
    """The code as SVG, with the quiet zone that scanners ask for."""
    segments: Any = _segments(url)  # a list is read as segments, which its annotation does not say
    code = segno.make(segments, error="m", mask=MASK, micro=False, boost_error=False)
    rows = list(code.matrix)
    size = len(rows)
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < size:
            end = x
            while end < size and row[end]:
                end += 1
            if end > x:
                runs.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
            x = max(end, x) + (end == x)
    whole = size + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{whole}" '
        f'viewBox="-{QUIET} -{QUIET} {whole} {whole}"><rect x="-{QUIET}" y="-{QUIET}" width="{whole}" '
        f'height="{whole}" fill="{pigment("cert-paper")}"/>'
        f'<path fill="{pigment("cert-code")}" d="{"".join(runs)}"/></svg>'
    )
