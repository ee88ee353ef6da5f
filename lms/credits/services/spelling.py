"""The payload of a line as canonical JSON straight from a row of the database, without a model in between.

What a line says is defined by `payload()` of its model. This is the same thing said fast, for reading a million of
them; a property test holds the two against each other, whatever the line.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring as _text
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from lms.credits.enums import Book
from lms.credits.models.line import FORMAT

Spell = Callable[[Any], str]


def _moment(told: str) -> str:
    """A moment as the database tells it in text, spelt as Python spells it in UTC.

    PostgreSQL says `2026-11-22 04:00:00.5+00` and SQLite `2026-11-22 04:00:00.500000`; both keep UTC. Reading text and
    never a datetime saves a third of an audit.
    """
    rest = told[19:]
    if rest in ("", "+00"):
        return f'"{told[:10]}T{told[11:19]}+00:00"'
    if rest[0] == "." and (rest.endswith("+00") or rest[1:].isdigit()):
        return f'"{told[:10]}T{told[11:19]}.{rest[1:].removesuffix("+00"):0<6}+00:00"'
    return f'"{datetime.fromisoformat(told).astimezone(UTC).isoformat()}"'


@lru_cache(maxsize=10_000)
def _day(day: date | None) -> str:
    return f'"{day.isoformat()}"' if day else '""'


def _number(number: int | None) -> str:
    return "null" if number is None else str(number)


def _points(points: Decimal) -> str:
    return f'"{points:.2f}"'


# By the name in the payload: the column, and how it is spelt. Every format picks from these.
_COLUMNS: dict[str, tuple[str, Spell]] = {
    "commitment": ("commitment", _text),
    "evidence": ("evidence", _text),
    "evidence_hash": ("evidence_hash", _text),
    "format": ("format", _number),
    "kind": ("kind", _text),
    "minutes": ("minutes", _number),
    "module": ("module", _text),
    "note": ("note", _text),
    "occurred_at": ("occurred_text", _moment),
    "occurred_on": ("occurred_on", _day),
    "organisation": ("organisation_id", _number),
    "points": ("points", _points),
    "recorded_at": ("recorded_text", _moment),
    "reversal_of": ("reversal_of_id", _number),
    "rule": ("rule", _text),
    "rule_version": ("rule_version", _text),
    "source": ("source", _text),
    "valid_from": ("valid_from", _day),
    "valid_to": ("valid_to", _day),
    "verification": ("verification", _text),
    "verifier": ("verifier", _text),
    "year": ("year", _number),
}
# Columns that are asked for as text, by the names above.
TEXTS = {name: Cast(f"{name.removesuffix('_text')}_at", TextField()) for name in ("occurred_text", "recorded_text")}
_ALWAYS = ("occurred_at", "organisation", "recorded_at", "reversal_of", "rule_version", "source")
_OF_FORMAT = {
    1: ("note",),
    2: (
        "commitment", "evidence", "evidence_hash", "format", "occurred_on", "valid_from", "valid_to", "verification",
        "verifier",
    ),
}  # fmt: skip
_OF_BOOK = {Book.HOURS: ("minutes", "module", "year"), Book.CREDITS: ("kind", "points", "rule")}


def columns(book: Book) -> list[str]:
    """The columns from which a line of any format is spelt."""
    names = {*_ALWAYS, *_OF_BOOK[book], *(name for format_names in _OF_FORMAT.values() for name in format_names)}
    return sorted({_COLUMNS[name][0] for name in names})


def speller(book: Book, given: Sequence[str], format_number: int = FORMAT) -> Callable[[Sequence[Any]], str]:
    """What spells the payload of a row whose values stand in the order of the columns `given`."""
    names = sorted((*_ALWAYS, *_OF_BOOK[book], *_OF_FORMAT[format_number]))
    template = "{" + ",".join(f'"{name}":%s' for name in names) + "}"
    parts = [(given.index(_COLUMNS[name][0]), _COLUMNS[name][1]) for name in names]
    return lambda row: template % tuple([spell(row[at]) for at, spell in parts])
