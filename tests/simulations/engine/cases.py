"""Small things that the engine's tests share: a case of two stages, and a way to play it."""

from pathlib import Path
from typing import Any

from simulations.engine.apply import apply, fold
from simulations.engine.decide import decide, start
from simulations.engine.events import Event
from simulations.engine.load import load
from simulations.engine.scenario import Scenario

SMALL = Path(__file__).parent / "small.yaml"


def small_text() -> str:
    """The file of the small case."""
    return SMALL.read_text(encoding="utf-8")


def small() -> Scenario:
    """The small case, before a variant is drawn."""
    scenario = load(small_text()).scenario
    assert scenario is not None
    return scenario


class Sitting:
    """One attempt that tests drive command by command."""

    def __init__(self, sc: Scenario, seed: str = "seed") -> None:
        self.sc = sc.variant(seed)
        self.events: list[Event] = start(self.sc, seed)
        self.st = fold(self.events)
        self.commands: list[dict[str, Any]] = []

    def do(self, **command: Any) -> list[Event]:
        """Carry out one command."""
        new = decide(self.sc, self.st, command)
        for event in new:
            apply(self.st, event)
        self.events += new
        self.commands.append(command)
        return new

    def to_table(self) -> "Sitting":
        """Go to the negotiating stage of the small case."""
        self.do(type="assess", assessment="partner", value="seller")
        self.do(type="advance")
        return self

    def types(self) -> list[str]:
        """The names of all events so far."""
        return [event.type for event in self.events]
