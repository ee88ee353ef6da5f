"""Bitstring status lists: one bit for every certificate, compressed (W3C Bitstring Status List 1.0)."""

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable
from datetime import datetime

from .proofs import Signer, sign, utc
from .terms import CREDENTIALS_V2, STATUS_CREDENTIAL, Json

LARGEST = 1 << 20  # bytes after unpacking: eight million certificates


class NotAStatusList(ValueError):
    """The list cannot be unpacked, is too large, or is shorter than the index asked for."""


def pack(indices: Iterable[int], *, capacity: int) -> str:
    """The encoded list with the bits at `indices` set; the first bit is the left one of the first byte."""
    bits = bytearray(capacity // 8)
    for index in indices:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def bit_at(encoded: str, index: int) -> bool:
    """Whether the bit at `index` is set."""
    if not encoded.startswith("u") or index < 0:
        raise NotAStatusList(encoded[:8])
    try:
        packed = base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
        bits = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(packed, LARGEST)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise NotAStatusList(encoded[:8]) from error
    if index >= len(bits) * 8:
        raise NotAStatusList(str(index))
    return bool(bits[index // 8] & 0x80 >> index % 8)


def status_credential(*, url: str, issuer: str, purpose: str, encoded: str, signer: Signer, now: datetime) -> Json:
    """The signed credential that publishes one list."""
    document: Json = {
        "@context": [CREDENTIALS_V2],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": utc(now),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded,
        },
    }
    return sign(document, shape=STATUS_CREDENTIAL, signer=signer, now=now)
