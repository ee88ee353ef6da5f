"""What approval works out once, so that scoring reads it and never computes it anew."""

from typing import Any

from simulations.engine.scenario import Scenario
from simulations.engine.valuation import truth


def truths_of(scenario: Scenario) -> dict[str, Any]:
    """The truths of a scenario as they are kept with its version."""
    answers = {
        name: truth(scenario, name)
        for name, each in scenario.assessments.items()
        if each.kind == "choice" or each.model is not None
    }
    return {"engine": scenario.sha256, "answers": answers}
