"""What an identity number must look like: GB 11643 for resident cards, shapes for other papers."""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Refusal

from .enums import IdentityKind

# ISO 7064 MOD 11-2 as GB 11643 lays it down: weights 2^(17-i) mod 11, and the character for each remainder.
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_CHECK_CHARACTERS = "10X98765432"
# The first two digits of GB/T 2260, and 81 to 83 for residence permits of Hong Kong, Macao and Taiwan residents.
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83), (91, 91))
    for code in range(first, last + 1)
)
# No place in China carries this code: numbers with it belong to nobody, so demonstrations use it and only it.
DEMO_PROVINCE = "99"
EARLIEST_BIRTH = date(1900, 1, 1)
_OTHER_PAPERS = {
    IdentityKind.PASSPORT: re.compile(r"[A-Z0-9]{6,12}"),
    IdentityKind.HMT_PERMIT: re.compile(r"[HM]\d{8}(\d{2})?|\d{8}"),
}


class IdentityNumberInvalid(Refusal):
    """The number cannot be one: wrong length, no such day, no such region, wrong check digit."""

    code = "identity-invalid"
    message = _("This is not an identity number.")


class WrongShape(IdentityNumberInvalid):
    code = "identity-shape"
    message = _("An identity number has 17 digits and one digit or X; the sheet has %(length)s characters.")


class NoSuchRegion(IdentityNumberInvalid):
    code = "identity-region"
    message = _("There is no region with the code %(region)s.")


class RegionOfDemonstration(IdentityNumberInvalid):
    code = "identity-demo-region"
    message = _("Numbers that begin with 99 belong to demonstrations and name nobody.")


class RegionOfRealPeople(IdentityNumberInvalid):
    code = "identity-real-region"
    message = _("This is a demonstration: only numbers that begin with 99 are taken, never one of a real person.")


class NoSuchDay(IdentityNumberInvalid):
    code = "identity-date"
    message = _("The date of birth %(date)s does not exist.")


class WrongCheckDigit(IdentityNumberInvalid):
    code = "identity-check-digit"
    message = _("The check digit should be %(expected)s, the sheet says %(found)s.")


class WrongPaper(IdentityNumberInvalid):
    code = "identity-paper"
    message = _("This does not look like the number of the chosen document.")


def check_digit(first_seventeen: str) -> str:
    """The eighteenth character that belongs to these seventeen digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_seventeen, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def compose_identity_number(*, region: str, born: date, order: int) -> str:
    """A whole number from region, date of birth and order of the day; for demonstrations and tests."""
    body = f"{region}{born:%Y%m%d}{order:03d}"
    return body + check_digit(body)


def _folded(number: str) -> str:
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", number)).upper()


def _check_region(region: str, *, demo: bool) -> None:
    if demo and region[:2] != DEMO_PROVINCE:
        raise RegionOfRealPeople
    if not demo and region[:2] == DEMO_PROVINCE:
        raise RegionOfDemonstration
    if not demo and region[:2] not in _PROVINCES:
        raise NoSuchRegion(region=region)


def _check_birth(digits: str, today: date | None) -> None:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise NoSuchDay(date=f"{digits[:4]}-{digits[4:6]}-{digits[6:]}") from error
    if born < EARLIEST_BIRTH or (today and born > today):
        raise NoSuchDay(date=born.isoformat())


def check_identity_number(number: str, *, demo: bool, today: date | None = None) -> str:
    """The number of a resident identity card, folded to its one spelling; raises what is wrong with it."""
    folded = _folded(number)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", folded):
        raise WrongShape(length=len(folded))
    _check_region(folded[:6], demo=demo)
    _check_birth(folded[6:14], today)
    expected = check_digit(folded[:17])
    if folded[17] != expected:
        raise WrongCheckDigit(expected=expected, found=folded[17])
    return folded


def check_document(kind: IdentityKind, number: str, *, demo: bool, today: date | None = None) -> str:
    """The number of any paper that `kind` names, folded to its one spelling; raises what is wrong with it."""
    if kind == IdentityKind.RESIDENT:
        return check_identity_number(number, demo=demo, today=today)
    folded = _folded(number)
    if not _OTHER_PAPERS[kind].fullmatch(folded):
        raise WrongPaper
    return folded
