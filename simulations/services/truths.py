"""What approval works out once, so that scoring reads it and never computes it anew."""

from typing import Any

from simulations.engine.scenario import Scenario
from simulations.engine.truths import truths


def truths_of(scenario: Scenario) -> dict[str, Any]:
    """The truths of a scenario, of every variant of every flavour, as they are kept with its version."""
    return truths(scenario)
