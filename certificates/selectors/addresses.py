"""Where the machine-readable pages are: these addresses stand inside signed credentials."""

from urllib.parse import urlencode

from django.conf import settings

from certificates.enums import StatusPurpose

REGISTRY = "registry.json"


def status_path(purpose: StatusPurpose, number: int) -> str:
    """The path of a published status list."""
    return f"status/{purpose}/{number}"


def status_url(purpose: StatusPurpose, number: int) -> str:
    """The address of a published status list, as credentials carry it."""
    return f"{settings.JIQIAO_BASE_URL}/{status_path(purpose, number)}"


def issuer_url(code: str) -> str:
    """The address of an issuer's did document."""
    return f"{settings.JIQIAO_BASE_URL}/issuers/{code}/did.json"


def verify_path(serial: str, code: str = "", *, language: str = "zh-hans") -> str:
    """The path of a certificate's verification page; with `code` it needs no further question."""
    prefix = "" if language == "zh-hans" else f"/{language}"
    return f"{prefix}/verify/{serial}" + (f"?{urlencode({'c': code})}" if code else "")


def verify_url(serial: str, code: str = "") -> str:
    """The address that is printed as a QR code."""
    return settings.JIQIAO_BASE_URL + verify_path(serial, code)
