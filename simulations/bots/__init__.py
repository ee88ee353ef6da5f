"""Bots that play a scenario through its view alone, and the playtest that measures a scenario with them.

A bot is a class with `act(view, u01)`: the view of `docs/reference/simulation-protocol.md` in, a command
or None (it gives up) out. `u01(label)` is its only chance.
"""

from collections.abc import Callable
from typing import Any, Protocol

View = dict[str, Any]
Command = dict[str, Any]
Draw = Callable[[str], float]


class Bot(Protocol):
    """Anything that plays."""

    def act(self, view: View, u01: Draw) -> Command | None:
        """Answer a view with the next command."""
        ...
