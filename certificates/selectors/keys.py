"""Which keys an issuer signs with, and which signatures still count."""

from typing import TYPE_CHECKING

from certificates.enums import KeyPurpose
from certificates.models import SigningKey

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation

# Keys that stand in an issuer's did document.
ASSERTING = (KeyPurpose.VC, KeyPurpose.STATUS, KeyPurpose.REGISTRY)


def active_key(*, organisation: "Organisation | None", purpose: KeyPurpose) -> SigningKey | None:
    """The key with which the issuer (None: the platform) signs now."""
    return SigningKey.objects.active().filter(organisation=organisation, purpose=purpose).first()


def listed_keys(code: str) -> list[tuple[str, str]]:
    """(kid, multibase) of the keys by which documents of the issuer `code` are verified; one query."""
    keys = SigningKey.objects.verifying().filter(organisation__code=code, purpose__in=ASSERTING)
    return list(keys.values_list("kid", "public_multibase"))


def platform_keys() -> list[tuple[str, str]]:
    """(kid, multibase) of the platform's own keys."""
    keys = SigningKey.objects.verifying().filter(organisation__isnull=True, purpose__in=ASSERTING)
    return list(keys.values_list("kid", "public_multibase"))


def issuers() -> list["Organisation"]:
    """Organisations that have a key for credentials, by code."""
    keys = SigningKey.objects.filter(purpose=KeyPurpose.VC, organisation__isnull=False).select_related("organisation")
    found = {key.organisation.code: key.organisation for key in keys if key.organisation}
    return [found[code] for code in sorted(found)]
