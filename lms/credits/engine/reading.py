"""From plain data to a rule table, or to what is wrong with it and where."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from .rules import RuleTable


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: its place as `rules[match-made].points`, a code for what it is, and figures for its sentence."""

    path: str
    code: str
    context: Mapping[str, Any] = field(default_factory=dict)


class Faulty(ValueError):
    """Data that is no rule table."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(f"{faults[0].path}: {faults[0].code}")


def read_table(data: Any) -> RuleTable:
    """The table that plain data says; raises `Faulty` with every fault, first things first."""
    try:
        return RuleTable.model_validate_json(json.dumps(data, default=_plain))
    except ValidationError as error:
        faults = [
            Fault(path_of(data, each["loc"]) or "/", each["type"], each.get("ctx", {}))
            for each in error.errors(include_url=False)
        ]
        raise Faulty(tuple(faults)) from error
    except (TypeError, ValueError, RecursionError) as error:
        raise Faulty((Fault("/", "not_plain"),)) from error


def dump_table(table: RuleTable) -> dict[str, Any]:
    """The table as plain data: figures as text, what is left to its default left out."""
    return table.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def hash_of(table: RuleTable) -> str:
    """One hash for everything that the table says."""
    text = json.dumps(dump_table(table), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def path_of(data: Any, location: tuple[str | int, ...]) -> str:
    """The place of a fault; an entry of a list goes by its code, a field by its name."""
    path, here = "", data
    for part in location:
        here, words = _step(here, part)
        path += words
    return path.lstrip(".")


def _step(here: Any, part: str | int) -> tuple[Any, str]:
    if isinstance(part, int) and isinstance(here, list) and part < len(here):
        entry = here[part]
        named = (entry.get("code") or entry.get("name")) if isinstance(entry, Mapping) else None
        return entry, f"[{named or part + 1}]"
    if part == "[key]":
        return None, ""
    return (here.get(part) if isinstance(here, Mapping) else None), f".{part}"


def _plain(value: object) -> str:
    """Days and figures as text; whatever else a file may hold is no plain data."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(type(value).__name__)
