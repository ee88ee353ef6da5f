"""What an ended attempt tells: the engine's debrief, with the names that its pages need."""

from dataclasses import dataclass
from typing import Any

from simulations.engine.debrief import debrief
from simulations.engine.scoring import score
from simulations.engine.view import view
from simulations.enums import BROKER_SEAT
from simulations.models import Attempt
from simulations.selectors.history import state_of
from simulations.selectors.scenarios import budget_unit, engine_language, scenario_of


@dataclass(frozen=True, slots=True)
class Debrief:
    """The engine's debrief as JSON values, and the last look at the table beside it."""

    body: dict[str, Any]
    view: dict[str, Any]
    unit: str

    @property
    def names(self) -> dict[str, str]:
        """The name of every party."""
        return {party["id"]: party["name"] for party in self.view["parties"]}

    @property
    def money_used(self) -> int:
        """What was spent, in hundredths of the unit."""
        clock = self.view["clock"]
        return int(clock["budget"] - clock["budget_left"])

    @property
    def a_name(self) -> str:
        """The side whose gain runs across the plot."""
        return self.names[self.body["plot"]["x"]]

    @property
    def b_name(self) -> str:
        """The side whose gain runs up the plot."""
        return self.names[self.body["plot"]["y"]]

    @property
    def days_of(self) -> dict[int, int]:
        """The game day of every event that has a line in the timeline or changed days, money or trust."""
        told = {line["event"]: line["day"] for line in self.body["timeline"]}
        return {point["event"]: point["day"] for point in self.body["curve"]} | told


def debrief_of(attempt: Attempt) -> Debrief:
    """Work the debrief out from the events (one query); nothing of it is kept."""
    scenario, state, lang = scenario_of(attempt), state_of(attempt), engine_language()
    return Debrief(
        body=debrief(scenario, state, lang, score(scenario, state)),
        view=view(scenario, state, BROKER_SEAT, lang),
        unit=budget_unit(scenario),
    )
