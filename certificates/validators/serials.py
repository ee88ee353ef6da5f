"""Certificate serials: `TTM-<issuer 4>-<1|2|3>-<yyyy>-<seq6>-<check>`, ISO 7064 MOD 37-36."""

import re
from dataclasses import dataclass

from .folding import fold

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MODULUS = len(ALPHABET)
_SHAPE = re.compile(r"TTM([A-HJKMNP-Z0-9]{4})([123])(20\d{2})(\d{6})([0-9A-Z])")
HIGHEST_NUMBER = 999_999


def check_character(body: str) -> str:
    """The ISO 7064 hybrid-system check character of `body`, letters and digits only."""
    product = _MODULUS
    for character in body:
        total = (product + ALPHABET.index(character)) % _MODULUS or _MODULUS
        product = total * 2 % (_MODULUS + 1)
    return ALPHABET[(_MODULUS + 1 - product) % _MODULUS]


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial that is whole: `str()` gives the form that is printed and looked up."""

    issuer: str
    level: int
    year: int
    number: int

    @property
    def check(self) -> str:
        return check_character(f"TTM{self.issuer}{self.level}{self.year:04}{self.number:06}")

    def __str__(self) -> str:
        return f"TTM-{self.issuer}-{self.level}-{self.year:04}-{self.number:06}-{self.check}"


def read_serial(text: str) -> Serial | None:
    """The serial that `text` means, however it was typed; None when it can be none."""
    match = _SHAPE.fullmatch(fold(text).replace("-", ""))
    if match is None:
        return None
    issuer, level, year, number, check = match.groups()
    serial = Serial(issuer, int(level), int(year), int(number))
    return serial if serial.check == check else None
