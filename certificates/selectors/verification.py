"""Looking a certificate up for a stranger, who learns nothing from a wrong guess."""

from certificates.models import Certificate
from certificates.validators.check_codes import read_check_code, same_code
from certificates.validators.folding import fold_name
from certificates.validators.serials import read_serial

from .certificates import with_history

_WHOLE = (
    "organisation",
    "status_list",
    "decision__prepared_by__person",
    "decision__decided_by__person",
)


def fits_code(certificate: Certificate, code: str) -> bool:
    """Whether `code` is the check code printed on it."""
    return same_code(read_check_code(code), certificate.check_code)


def fits_name(certificate: Certificate, name: str) -> bool:
    """Whether `name` is the name printed on it, however it was typed."""
    return bool(name.strip()) and same_code(fold_name(name), fold_name(certificate.payload["name"]))


def look_up(*, serial: str, name: str = "", code: str = "") -> Certificate | None:
    """The certificate whose serial and (name or check code) both fit; None for every other question.

    There is one answer for an unknown serial, a wrong name and a wrong code.
    """
    read = read_serial(serial)
    if read is None:
        return None
    certificates = Certificate.objects.select_related(*_WHOLE)
    certificate = with_history(certificates).filter(serial=str(read)).first()
    if certificate is None:
        return None
    return certificate if fits_code(certificate, code) or fits_name(certificate, name) else None


def certificate_with_text(serial: str) -> Certificate | None:
    """The certificate of a serial that a good signature vouches for."""
    certificates = Certificate.objects.select_related(*_WHOLE)
    return with_history(certificates).filter(serial=serial).first()


def masked(name: str) -> str:
    """A name as strangers see it: 白*洁, 段**, 买**·*提."""
    letters = [letter if letter in "· " else "*" for letter in name]
    if len(name) == 1:
        return "*"
    letters[0] = name[0]
    if len(name) > 2:
        letters[-1] = name[-1]
    return "".join(letters)
