"""Check codes: 50 random bits in Crockford's base 32, printed under the serial."""

import re
import secrets

from .folding import fold

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SHAPE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def new_check_code() -> str:
    """Ten characters that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_check_code(text: str) -> str:
    """The code that `text` means, with O read as 0 and I and L as 1; empty when it can be none."""
    plain = fold(text).replace("-", "").translate(_LOOKALIKES)
    return plain if _SHAPE.fullmatch(plain) else ""


def same_code(one: str, other: str) -> bool:
    """Compare in a time that does not tell how many characters agree."""
    return bool(one) and secrets.compare_digest(one.encode(), other.encode())


def grouped(code: str) -> str:
    """`7KQ4M9XD2R` as it is printed: `7KQ4 M9XD 2R`."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))
