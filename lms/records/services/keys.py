"""Key files of this installation: random, readable by its own user only, made on first use."""

import os
import re
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32
_FIELD_KEY = re.compile(r"field-(\d+)\.key")


class KeyMissing(LookupError):
    """A key file that something was enciphered with is no longer in the key directory."""


def _directory() -> Path:
    directory = Path(settings.JIQIAO_KEY_DIR)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return directory


def _make(path: Path) -> bool:
    """Write a new key whole and then give it its name; False if another process was first."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


@lru_cache(maxsize=64)
def _read(path: Path) -> bytes:
    try:
        key = path.read_bytes()
    except FileNotFoundError as missing:
        raise KeyMissing(path.name) from missing
    if len(key) != KEY_BYTES:
        raise KeyMissing(f"{path.name} holds {len(key)} bytes instead of {KEY_BYTES}")
    return key


def _field_numbers() -> list[int]:
    found = (_FIELD_KEY.fullmatch(path.name) for path in _directory().iterdir())
    return sorted(int(match[1]) for match in found if match)


def field_key(number: int) -> bytes:
    """The field key with this number."""
    return _read(_directory() / f"field-{number}.key")


def current_field_key() -> int:
    """The number of the key for new blobs: the highest, or the first one, made now."""
    if not _field_numbers():
        _make(_directory() / "field-1.key")
    return _field_numbers()[-1]


def add_field_key() -> int:
    """Make the next field key and give its number; two processes at once make two."""
    number = current_field_key() + 1
    while not _make(_directory() / f"field-{number}.key"):
        number += 1
    return number


def blind_key() -> bytes:
    """The key of blind hashes. It does not rotate: every stored hash would have to be made again."""
    path = _directory() / "blind.key"
    if not path.exists():
        _make(path)
    return _read(path)
