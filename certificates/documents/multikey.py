"""Public keys and signatures as text: multibase base58btc, multicodec prefixes (W3C Multikey)."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519 = b"\xed\x01"
_P256 = b"\x80\x24"
_LONGEST = 200


class NotMultibase(ValueError):
    """The text is no base58btc multibase value of the kind that was expected."""


def encode(raw: bytes) -> str:
    """`raw` in base58btc with its multibase prefix `z`."""
    number = int.from_bytes(raw)
    digits = ""
    while number:
        number, rest = divmod(number, 58)
        digits = _ALPHABET[rest] + digits
    zeros = len(raw) - len(raw.lstrip(b"\0"))
    return "z" + _ALPHABET[0] * zeros + digits


def decode(text: str) -> bytes:
    """The bytes behind a base58btc multibase text."""
    if not text.startswith("z") or len(text) > _LONGEST:
        raise NotMultibase(text[:20])
    number = 0
    for sign in text[1:]:
        digit = _ALPHABET.find(sign)
        if digit < 0:
            raise NotMultibase(text[:20])
        number = number * 58 + digit
    zeros = len(text[1:]) - len(text[1:].lstrip(_ALPHABET[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def from_public_key(key: Ed25519PublicKey | ec.EllipticCurvePublicKey) -> str:
    """The Multikey text of a public key."""
    if isinstance(key, Ed25519PublicKey):
        return encode(_ED25519 + key.public_bytes(Encoding.Raw, PublicFormat.Raw))
    return encode(_P256 + key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


def to_ed25519(text: str) -> Ed25519PublicKey:
    """The Ed25519 key that a Multikey text holds."""
    raw = decode(text)
    if len(raw) != 34 or not raw.startswith(_ED25519):
        raise NotMultibase(text[:20])
    return Ed25519PublicKey.from_public_bytes(raw[2:])
