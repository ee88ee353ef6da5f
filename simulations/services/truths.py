"""What approval works out once, so that scoring reads it and never computes it anew."""

from typing import Any

from simulations.engine.scenario import Scenario
from simulations.engine.valuation import truth


def truths_of(scenario: Scenario) -> dict[str, Any]:
    """The truths of a scenario as they are kept with its version."""
    return {"engine": scenario.sha256, "answers": {name: truth(scenario, name) for name in scenario.assessments}}
