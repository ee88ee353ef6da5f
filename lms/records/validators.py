"""What may stand in a chained line, and the one way to spell it."""

import json
from typing import Any

_ACCEPTED = "text, whole numbers, true, false, null, lists and objects"


class NotCanonical(TypeError):
    """The value has no single spelling, so two readers could compute two hashes for it."""


def _check(value: Any, path: str) -> None:
    match value:
        case None | bool() | int():
            return
        case str():
            _check_text(value, path)
        case dict():
            for key, inner in value.items():
                if not isinstance(key, str):
                    raise NotCanonical(f"{path}: the name {key!r} is not text")
                _check_text(key, path)
                _check(inner, f"{path}.{key}")
        case list() | tuple():
            for index, inner in enumerate(value):
                _check(inner, f"{path}[{index}]")
        case _:
            raise NotCanonical(f"{path}: {type(value).__name__} has no single spelling; use {_ACCEPTED}")


def _check_text(text: str, path: str) -> None:
    # PostgreSQL's jsonb keeps no NUL; UTF-8 knows no half of a surrogate pair.
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise NotCanonical(f"{path}: the text holds a sign that a database would not keep")


def canonical_json(value: Any) -> bytes:
    """`value` as JSON that everybody spells alike: names sorted, no spaces, UTF-8, nothing but exact types.

    Floating point, decimals and dates are refused: a database may give them back in another spelling.
    Write money as text or integer hundredths, and times as ISO text.
    """
    _check(value, "$")
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
