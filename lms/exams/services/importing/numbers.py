"""Numbers as other systems write them, and answers that are numbers."""

import unicodedata
from decimal import Decimal, InvalidOperation

from lms.exams.enums import QuestionKind

from .parsed import NOT_A_NUMBER, Parsed, said

_SPREAD = 12
_PLACES = Decimal("0.000001")


def plain_number(text: str) -> str | None:
    """A number without exponent, idle noughts and thousands commas; nothing where it is none that a key can hold."""
    try:
        number = Decimal(unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() >= _SPREAD:
        return None
    if number != number.quantize(_PLACES):
        return None
    written = f"{number:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written in ("-0", "", "0") else written


def count(parsed: Parsed, value: str, tolerance: str = "") -> None:
    """Make it a question for a number."""
    numbers = [plain_number(text) for text in (value, tolerance or "0")]
    for text, number in zip((value, tolerance), numbers, strict=True):
        if number is None:
            parsed.error = said(NOT_A_NUMBER, text=text)
            return
    parsed.kind = QuestionKind.NUMERIC
    key = {"value": numbers[0], "tolerance": (numbers[1] or "0").lstrip("-")}
    parsed.fields["key"] = key if tolerance else {"value": numbers[0]}


def count_between(parsed: Parsed, least: str, most: str) -> None:
    """The same for a range: its middle, and half its width as tolerance."""
    ends = [plain_number(text) for text in (least, most)]
    if None in ends:
        parsed.error = said(NOT_A_NUMBER, text=f"{least}..{most}")
        return
    low, high = sorted(Decimal(str(end)) for end in ends)
    count(parsed, f"{(low + high) / 2:f}", f"{(high - low) / 2:f}")
