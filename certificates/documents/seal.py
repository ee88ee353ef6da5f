"""The issuer's seal: a ring, its name on the arc, the mark in the middle, and what the seal is for.

The letters are outlines, so that the text layer of the PDF holds the certificate's own words only.
"""

from collections.abc import Iterator
from math import pi

from cms.design.services.mark import mark_path
from cms.design.services.pigments import pigment
from cms.design.services.typefaces import outline

PURPOSE = "证书专用章"
_SIZE = 160
_ARC = 57.5  # radius on which the letters' middles stand
_EM = 1000


def _glyph(letter: str, size: float, place: str) -> str:
    """A letter with its middle at the origin of `place`; outlines count upwards, drawings downwards."""
    path, advance = outline(letter)
    scale = size / _EM
    return f'<path transform="{place} scale({scale:.5f} {-scale:.5f}) translate({-advance / 2:.0f} -380)" d="{path}"/>'


def _on_arc(name: str) -> Iterator[str]:
    """The name from lower left over the top to lower right, closer together the longer it is."""
    size = min(19.0, 190.0 / max(len(name), 8) + 2)
    sweep = min(250.0, len(name) * (size * 1.22 / _ARC) * 180 / pi)
    step = sweep / max(len(name) - 1, 1)
    for index, letter in enumerate(name):
        angle = -sweep / 2 + index * step if len(name) > 1 else 0.0
        yield _glyph(letter, size, f"translate(80 80) rotate({angle:.2f}) translate(0 {-_ARC})")


def _across(text: str, y: float, size: float) -> Iterator[str]:
    start = 80 - (len(text) - 1) * size * 1.06 / 2
    for index, letter in enumerate(text):
        yield _glyph(letter, size, f"translate({start + index * size * 1.06:.2f} {y})")


def seal(name: str) -> str:
    """The seal of the organisation of this name, as one SVG."""
    red = pigment("cert-seal")
    letters = [*_on_arc(name), *_across(PURPOSE, 122, 13.5)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_SIZE}" height="{_SIZE}" viewBox="0 0 {_SIZE} {_SIZE}">'
        f'<g fill="none" stroke="{red}"><circle cx="80" cy="80" r="76" stroke-width="4"/>'
        f'<circle cx="80" cy="80" r="71.5" stroke-width=".8"/></g>'
        f'<g fill="{red}"><path fill-rule="evenodd" transform="translate(51 58) scale(1.21)" d="{mark_path()}"/>'
        f"{''.join(letters)}</g></svg>"
    )


def watermark(text: str) -> str:
    """`text` slanting over a whole page, in outlines as well: words a reader sees and a search does not meet."""
    size, letters, x = 118.0, [], 0.0
    for letter in text:
        if letter == " ":
            x += size * 0.3
            continue
        path, advance = outline(letter)
        scale = size / _EM
        letters.append(f'<path transform="translate({x:.1f} 0) scale({scale:.5f} {-scale:.5f})" d="{path}"/>')
        x += advance * scale
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="1123" height="794" viewBox="0 0 1123 794">'
        f'<g fill="{pigment("cert-seal")}" opacity=".15" '
        f'transform="translate(561 440) rotate(-20) translate({-x / 2:.1f} 0)">'
        f"{''.join(letters)}</g></svg>"
    )
