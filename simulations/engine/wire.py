"""The wire: the one place where floats become what leaves the engine, rounded once."""

from dataclasses import fields, is_dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .events import Event

CENT = Decimal("0.01")
TENTH = Decimal("0.1")


def points(value: float | Decimal) -> Decimal:
    """Points and percentages to two places, half up."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(round(float(value), 9)))
    return exact.quantize(CENT, ROUND_HALF_UP)


def hundredths(value: float) -> int:
    """A utility or a share as whole hundredths."""
    return int(Decimal(repr(round(value * 100, 6))).quantize(Decimal(1), ROUND_HALF_UP))


def thousandths(value: float) -> int:
    """A coordinate of a plot as whole thousandths."""
    return int(Decimal(repr(round(value * 1000, 6))).quantize(Decimal(1), ROUND_HALF_UP))


def plain(value: Any) -> Any:
    """Plain JSON values: dataclasses become objects, Decimals strings, tuples lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        return [plain(each) for each in value]
    return value


SECRET = {
    "attempt-started.1": ("seed", "sha256", "variant", "flavour"),
    "action-taken.1": ("moves",),
    "trap-sprung.1": ("cap", "rule"),
    "chance-drawn.1": (),
}


def public_event(event: Event) -> dict[str, Any]:
    """An event as the trainee may see it before the debrief: no seed, nothing of how it scores."""
    hidden = SECRET.get(event.type, ())
    data = {key: plain(value) for key, value in event.data.items() if key not in hidden}
    return {"seq": event.seq, "type": event.type, "data": data, "at": event.at}


def stored_event(event: Event) -> dict[str, Any]:
    """An event as it is kept."""
    return {
        "seq": event.seq,
        "type": event.type,
        "data": plain(dict(event.data)),
        "cmd": event.cmd,
        "seat": event.seat,
        "at": event.at,
    }


def read_event(stored: dict[str, Any]) -> Event:
    """A kept event, as an event."""
    return Event(**stored)
