"""Commitments: a chained line vouches for words without holding them, so that the words can be erased."""

from hashlib import sha256
from json.encoder import encode_basestring as _text
from secrets import token_hex

from lms.records.validators import canonical_json


def new_salt() -> str:
    """256 bits nobody can guess: without the salt, trying likely words against a commitment finds nothing."""
    return token_hex(32)


def commit(salt: str, text: str) -> str:
    """SHA-256 over salt and text, told apart by their JSON spelling."""
    return sha256(canonical_json([salt, text])).hexdigest()


def opens(salt: str, text: str, commitment: str) -> bool:
    """Whether salt and text are those committed to: `commit` said faster, for reading a million of them."""
    return sha256(f"[{_text(salt)},{_text(text)}]".encode()).hexdigest() == commitment
