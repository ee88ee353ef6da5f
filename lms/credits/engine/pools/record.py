"""How a calculation is kept: what was entered, amounts as text, and nothing that was worked out."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from .days import Days
from .plans import Deal, Plan, Sharer
from .statutes import Way

SCHEMA = 1
_MONEY = ("value", "costs", "public_money", "taxes")
_DAYS = ("posted_on", "received_on", "paid_on")
_SHARES = ("pool", "main", "staff", "office", "owners")


def to_record(deal: Deal, plans: Sequence[Plan]) -> dict[str, Any]:
    """A calculation as plain JSON."""
    return {
        "schema": SCHEMA,
        "deal": {
            "way": deal.way.value,
            "years": deal.years,
            **{name: str(getattr(deal, name)) for name in _MONEY},
            **{name: _iso(getattr(deal.days, name)) for name in _DAYS},
        },
        "people": {"main": _people(deal.main), "staff": _people(deal.staff)},
        "scenarios": [
            {
                "place": plan.statute,
                "on": plan.on.isoformat(),
                **{name: _text(getattr(plan, name)) for name in _SHARES},
            }
            for plan in plans
        ],
    }


def from_record(record: dict[str, Any]) -> tuple[Deal, tuple[Plan, ...]]:
    """The calculation that was kept."""
    said, people = record["deal"], record["people"]
    deal = Deal(
        way=Way(said["way"]),
        years=said["years"],
        **{name: Decimal(said[name]) for name in _MONEY},
        days=Days(**{name: _day(said[name]) for name in _DAYS}),
        main=_sharers(people["main"]),
        staff=_sharers(people["staff"]),
    )
    plans = (
        Plan(
            each["place"],
            date.fromisoformat(each["on"]),
            **{name: None if each[name] is None else Decimal(each[name]) for name in _SHARES},
        )
        for each in record["scenarios"]
    )
    return deal, tuple(plans)


def _people(sharers: Sequence[Sharer]) -> list[dict[str, str]]:
    return [{"name": sharer.name, "weight": str(sharer.weight)} for sharer in sharers]


def _sharers(people: Sequence[dict[str, str]]) -> tuple[Sharer, ...]:
    return tuple(Sharer(each["name"], Decimal(each["weight"])) for each in people)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(share: Decimal | None) -> str | None:
    return None if share is None else str(share)
