"""Ids of options: those that were there stay, new ones tell a candidate nothing."""

from collections.abc import Iterable
from itertools import chain, count
from string import ascii_lowercase
from typing import Any

from lms.exams.services.bank_file import Option
from lms.exams.services.fingerprint import fingerprint

FEWEST = 2


def as_row(entry: Option) -> dict[str, Any]:
    """An option as a row of a form begins with it."""
    return {"id": entry.id, "text": entry.text, "text_en": entry.text_en}


def places_of(entries: Iterable[Option]) -> dict[str, int]:
    """Where each option stands now."""
    return {entry.id: place for place, entry in enumerate(entries)}


def lettered(rows: list[dict[str, Any]], known: dict[str, int]) -> list[dict[str, Any]]:
    """Options as the rows have them; a new one takes the next free letter."""
    names = chain(ascii_lowercase, (f"x{number}" for number in count(1)))
    free = (name for name in names if name not in known)
    kept: set[str] = set()
    options = []
    for row in rows:
        own = row["id"] if row["id"] in known and row["id"] not in kept else next(free)
        kept.add(own)
        options.append({"id": own, "text": row["text"], "text_en": row["text_en"], "right": row.get("right", False)})
    return options


def veiled(text: str, taken: Iterable[str]) -> str:
    """An id from which nobody reads a place or a partner."""
    number, names = 0, set(taken)
    while (name := "o" + fingerprint({"text": text, "number": number})[:7]) in names:
        number += 1
    return name


def jumbled(entries: list[dict[str, Any]], known: dict[str, int]) -> list[dict[str, Any]]:
    """What was there in its old order, then what is new in an order that says nothing."""
    return sorted(entries, key=lambda entry: (known.get(entry["id"], len(known)), entry["id"]))
