"""The typefaces of printed papers: found by fontconfig, looked into before anything is printed."""

import subprocess
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Refusal

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
APT_LINE = (
    "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk poppler-utils"
)
# Signs that a typesetter makes and no typeface draws.
_INVISIBLE = set(" \n\t\u00a0")


class FontMissing(Refusal):
    """The machine lacks the typeface; a box instead of a letter is worse than no paper."""

    code = "font-missing"
    message = _("The typeface %(family)s is not installed here. Install it with: %(line)s")
    status = 500


class GlyphMissing(Refusal):
    """A text holds a letter that the typeface cannot draw."""

    code = "glyph-missing"
    message = _("The typeface %(family)s cannot print %(letters)s. The paper has not been printed.")


@lru_cache(maxsize=4)
def _opened(family: str, weight: str) -> Any:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # noqa: PLC0415 -- only for printing

    query = ["fc-match", "-f", "%{family[0]}\n%{file}\n%{index}", f"{family}:{weight}"]
    try:
        found = subprocess.run(query, capture_output=True, text=True, check=True, timeout=20).stdout  # noqa: S603 -- fixed words
    except (OSError, subprocess.SubprocessError) as error:
        raise FontMissing(family=family, line=APT_LINE) from error
    answered, path, index = found.split("\n")
    if answered != family:
        raise FontMissing(family=family, line=APT_LINE)
    return TTFont(path, fontNumber=int(index) & 0xFFFF, lazy=True)


@lru_cache(maxsize=4)
def _covered(family: str, weight: str) -> frozenset[int]:
    return frozenset(_opened(family, weight).getBestCmap())


def check_letters(text: str, family: str = SERIF) -> None:
    """Refuse `text` if one of its letters would print as an empty box in `family`, and say which."""
    missing = sorted(
        {letter for letter in text if letter not in _INVISIBLE}
        - {letter for letter in text if all(ord(letter) in _covered(family, weight) for weight in ("regular", "bold"))}
    )
    if missing:
        letters = "、".join(f"{letter} (U+{ord(letter):04X})" for letter in missing)
        raise GlyphMissing(family=family, letters=letters)


def outline(letter: str) -> tuple[str, float]:
    """The bold outline of a letter as SVG path data in a 1,000 unit square, and its advance."""
    from fontTools.pens.svgPathPen import SVGPathPen  # type: ignore[import-untyped] # noqa: PLC0415 -- only for printing

    check_letters(letter)
    font = _opened(SERIF, "bold")
    glyphs = font.getGlyphSet()
    glyph = glyphs[font.getBestCmap()[ord(letter)]]
    pen = SVGPathPen(glyphs)
    glyph.draw(pen)
    return pen.getCommands(), float(glyph.width)
