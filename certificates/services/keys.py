"""Making, finding and rotating signing keys; the private half never leaves its file."""

import os
import re
import secrets
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from certificates.documents import multikey
from certificates.documents.dids import PLATFORM, did_of, key_address
from certificates.documents.proofs import Signer
from certificates.enums import KeyPurpose
from certificates.models import SigningKey
from certificates.selectors.keys import active_key
from lms.kernel.refusals import Refusal
from lms.records.services import audit

if TYPE_CHECKING:
    from lms.cohorts.models import Organisation

PrivateKey = Ed25519PrivateKey | ec.EllipticCurvePrivateKey
_KID = re.compile(r"z[1-9A-HJ-NP-Za-km-z]{40,78}")


class KeyFileMissing(Refusal):
    """The database knows a key whose private half is not in the key directory."""

    code = "key-file-missing"
    message = _("The signing key %(kid)s is missing from the key directory. Put it back, or rotate the key.")
    status = 500


def _path(kid: str) -> Path:
    if not _KID.fullmatch(kid):
        raise KeyFileMissing(kid=kid)
    return Path(settings.JIQIAO_KEY_DIR) / f"{kid}.pem"


def _write(path: Path, key: PrivateKey) -> None:
    """Write the key whole and then give it its name; only its owner may read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


@lru_cache(maxsize=64)
def _read(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileMissing(kid=path.stem)
    return key


def _did(organisation: "Organisation | None") -> str:
    return did_of(settings.JIQIAO_BASE_URL, organisation.code if organisation else PLATFORM)


def _make(organisation: "Organisation | None", purpose: KeyPurpose, now: datetime) -> SigningKey:
    """PDF signatures want a curve that readers of PDF know; everything else is Ed25519."""
    private: PrivateKey = (
        ec.generate_private_key(ec.SECP256R1()) if purpose == KeyPurpose.PADES else Ed25519PrivateKey.generate()
    )
    kid = multikey.from_public_key(private.public_key())
    _write(_path(kid), private)
    return SigningKey.objects.create(
        organisation=organisation, purpose=purpose, kid=kid, public_multibase=kid, not_before=now
    )


def key_for(*, organisation: "Organisation | None", purpose: KeyPurpose, now: datetime) -> SigningKey:
    """The issuer's key for `purpose`, made on first use."""
    key = active_key(organisation=organisation, purpose=purpose)
    if key:
        return key
    try:
        with transaction.atomic():
            return _make(organisation, purpose, now)
    except IntegrityError:  # another process made one in the meantime
        key = active_key(organisation=organisation, purpose=purpose)
        if key is None:
            raise
        return key


def signer_for(*, organisation: "Organisation | None", purpose: KeyPurpose, now: datetime) -> Signer:
    """What signs for the issuer (None: the platform)."""
    key = key_for(organisation=organisation, purpose=purpose, now=now)
    try:
        private = _read(_path(key.kid))
    except FileNotFoundError as error:
        raise KeyFileMissing(kid=key.kid) from error
    return Signer(private, key_address(_did(organisation), key.kid))


@transaction.atomic
def rotate(*, organisation: "Organisation | None", purpose: KeyPurpose, now: datetime, actor: str) -> SigningKey:
    """Sign with a new key from now on; what the old one signed stays valid."""
    old = SigningKey.objects.select_for_update().active().filter(organisation=organisation, purpose=purpose).first()
    if old:
        old.retire(now)
        old.save(update_fields=["state", "retired_at"])
    new = _make(organisation, purpose, now)
    audit.record(
        action="certificates.key.rotate",
        actor=actor,
        subject=f"certificates.key:{new.kid}",
        organisation=organisation.code if organisation else "",
        detail={"purpose": str(purpose), "before": old.kid if old else ""},
        now=now,
    )
    return new
