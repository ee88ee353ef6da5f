"""Field encryption: AES-256-GCM under keys that rotate, and blind hashes to find what is enciphered.

A blob is version (1 byte), number of its key (4), nonce (12), ciphertext with tag. Every purpose derives
its own key, so a blob moved into another column does not open.
"""

import hmac
import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext_lazy as _

from lms.kernel.refusals import Refusal

from . import keys

_VERSION = b"\x01"
_HEADER, _NONCE, _TAG = 5, 12, 16


class CannotDecrypt(Refusal):
    """The blob was changed, belongs to another purpose, or its key is gone."""

    code = "cannot-decrypt"
    message = _("An enciphered entry cannot be read. Please report this to the operator.")
    status = 500


def _derived(key: bytes, use: str, purpose: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=f"jiqiao {use} {purpose}".encode()).derive(key)


def encrypt(text: str, *, purpose: str) -> bytes:
    """`text` under the current field key, for one purpose (`accounts.identity`)."""
    number = keys.current_field_key()
    header = _VERSION + number.to_bytes(4, "big")
    nonce = os.urandom(_NONCE)
    cipher = AESGCM(_derived(keys.field_key(number), "field", purpose))
    return header + nonce + cipher.encrypt(nonce, text.encode(), header)


def decrypt(blob: bytes | memoryview, *, purpose: str) -> str:
    """The text in `blob`, under whichever key made it; PostgreSQL hands blobs out as memoryview."""
    blob = bytes(blob)
    header, nonce, sealed = blob[:_HEADER], blob[_HEADER : _HEADER + _NONCE], blob[_HEADER + _NONCE :]
    if len(sealed) < _TAG or not header.startswith(_VERSION):
        raise CannotDecrypt
    try:
        key = keys.field_key(int.from_bytes(header[1:], "big"))
        return AESGCM(_derived(key, "field", purpose)).decrypt(nonce, sealed, header).decode()
    except (InvalidTag, keys.KeyMissing) as broken:
        raise CannotDecrypt from broken


def blind_hash(text: str, *, purpose: str) -> str:
    """A keyed hash by which an enciphered text is found again, whatever its width or capital letters."""
    folded = unicodedata.normalize("NFKC", text).strip().upper()
    return hmac.digest(_derived(keys.blind_key(), "blind", purpose), folded.encode(), "sha256").hex()


def rotate_field_key() -> int:
    """Make a new key for new blobs and give its number; blobs under older keys stay readable."""
    return keys.add_field_key()
