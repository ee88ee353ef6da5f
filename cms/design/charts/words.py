"""Words and figures on a drawing: how wide they are, where they break, how a number is written."""

import unicodedata
from datetime import date
from decimal import Decimal

from django.utils.dateformat import format as formatted
from django.utils.functional import Promise
from django.utils.translation import pgettext

Text = str | Promise
Number = int | float | Decimal

SIZE = 13
SMALL = 12
THIN_SPACE = "\u2009"
ELLIPSIS = "…"
_LATIN = 0.55  # of the type size; a Chinese character takes all of it
_BROAD = 0.78  # capitals, and what is as broad as they are


def width(text: Text, size: float = SIZE) -> float:
    """How many units `text` takes when set in `size`."""
    return sum(size * _share(letter) for letter in str(text))


def _share(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return _BROAD if letter.isupper() or letter in "%mw…→" else _LATIN


def shortened(text: Text, room: float, size: float = SIZE) -> str:
    """`text` as far as it fits into `room`, with an ellipsis where something was left out."""
    words = str(text)
    if width(words, size) <= room:
        return words
    while words and width(words + ELLIPSIS, size) > room:
        words = words[:-1]
    return words.rstrip() + ELLIPSIS


def wrapped(text: Text, room: float, size: float = SIZE, lines: int = 2) -> list[str]:
    """`text` in at most `lines` lines; the last one is shortened where more would be needed."""
    rest = str(text).strip()
    done: list[str] = []
    while rest and len(done) < lines - 1 and width(rest, size) > room:
        end = _break(rest, room, size)
        done.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*done, shortened(rest, room, size)] if rest else done or [""]


def _break(text: str, room: float, size: float) -> int:
    """Where the first line ends: at a space or beside a Chinese character, and after one letter at least."""
    fits = 1
    while fits < len(text) and width(text[: fits + 1], size) <= room:
        fits += 1
    for end in range(fits, 0, -1):
        if text[end : end + 1] == " " or _is_wide(text[end - 1]) or _is_wide(text[end : end + 1] or "x"):
            return end
    return fits


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) == "W"


def figure(value: Number, unit: Text = "") -> str:
    """A number to one decimal at most, thousands parted by a thin space, and its unit."""
    digits = f"{value:,.1f}".removesuffix(".0").replace(",", THIN_SPACE)
    digits = "0" if digits == "-0" else digits.replace("-", "−")
    unit = str(unit)
    return f"{digits}{unit}" if unit in ("", "%") else f"{digits} {unit}"


def day(when: date) -> str:
    """A day without its year, for an axis."""
    return formatted(when, pgettext("day on an axis, as in date filters", "j M"))


def month(when: date) -> str:
    """A month without its year, for an axis."""
    return formatted(when, pgettext("month on an axis, as in date filters", "M"))


def year_and_month(when: date) -> str:
    """A month with its year, for an axis."""
    return formatted(when, pgettext("month on an axis, as in date filters", "M Y"))


def full_day(when: date) -> str:
    """A day with its year, for a table."""
    return formatted(when, pgettext("day in a table, as in date filters", "j M Y"))
