"""The rules about rewards that are on record, place by place, in words."""

from dataclasses import dataclass

from .pool_words import KNOWN, SORTS, WAYS, percent, twin
from .pools import statute_book


@dataclass(frozen=True, slots=True)
class Rule:
    """One provision."""

    text: str
    basis: str
    ways: str
    least: str
    known: str
    heard: bool
    may: bool
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Place:
    """The rules of one place or institution."""

    code: str
    title: str
    sort: str
    as_of: str
    rules: tuple[Rule, ...]


def rules_told() -> list[Place]:
    """Everything on record; no query."""
    return [
        Place(
            code=statute.code,
            title=twin(statute, "title"),
            sort=str(SORTS[statute.sort]),
            as_of=statute.as_of,
            rules=tuple(
                Rule(
                    text=twin(each, "text"),
                    basis=twin(each, "basis"),
                    ways=" · ".join(str(WAYS[way]) for way in each.ways),
                    least="" if each.least is None else percent(each.least),
                    known=str(KNOWN[each.known]),
                    heard=each.known != "read",
                    may=each.duty == "may",
                    since=each.valid_from or "",
                    until=each.valid_to.isoformat() if each.valid_to else "",
                )
                for each in statute.provisions
            ),
        )
        for statute in statute_book().statutes.values()
    ]
