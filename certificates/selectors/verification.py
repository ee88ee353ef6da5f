"""Looking a certificate up for a stranger, who learns nothing from a wrong guess."""

from certificates.models import Certificate
from certificates.validators.check_codes import read_check_code, same_code
from certificates.validators.folding import fold_name
from certificates.validators.serials import read_serial

from .certificates import with_history


def look_up(*, serial: str, name: str = "", code: str = "") -> Certificate | None:
    """The certificate whose serial and (name or check code) both fit; None for every other question.

    There is one answer for an unknown serial, a wrong name and a wrong code.
    """
    read = read_serial(serial)
    if read is None:
        return None
    certificates = Certificate.objects.select_related("organisation", "decision", "status_list")
    certificate = with_history(certificates).filter(serial=str(read)).first()
    if certificate is None:
        return None
    knows_code = same_code(read_check_code(code), certificate.check_code)
    knows_name = bool(name.strip()) and same_code(fold_name(name), fold_name(certificate.payload["name"]))
    return certificate if knows_code or knows_name else None


def certificate_with_text(serial: str) -> Certificate | None:
    """The certificate of a serial that a good signature vouches for."""
    certificates = Certificate.objects.select_related("organisation", "decision", "status_list")
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
