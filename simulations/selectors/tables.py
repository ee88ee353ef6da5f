"""What the trainee's seat sees of an attempt: the engine's view, and nothing beside it."""

from typing import Any

from simulations.engine.state import State
from simulations.engine.view import view
from simulations.enums import BROKER_SEAT
from simulations.models import Attempt
from simulations.selectors.scenarios import engine_language, scenario_of


def ordered(value: Any) -> Any:
    """The same JSON with its keys in one order: a database may hand them back in another."""
    if isinstance(value, dict):
        return {key: ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [ordered(each) for each in value]
    return value


def table_view(attempt: Attempt, state: State) -> dict[str, Any]:
    """The view in the reader's language, as JSON values."""
    seen: dict[str, Any] = ordered(view(scenario_of(attempt), state, BROKER_SEAT, engine_language()))
    return seen
