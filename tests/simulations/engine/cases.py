"""Small things that the engine's tests share: a case of two stages, one with everything in it, and a way to play."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from simulations.engine.apply import apply, fold
from simulations.engine.decide import decide, start
from simulations.engine.events import Event
from simulations.engine.load import _built, load
from simulations.engine.scenario import Scenario
from simulations.engine.varying import merged

HERE = Path(__file__).parent


def small_text() -> str:
    """The file of the small case."""
    return (HERE / "small.yaml").read_text(encoding="utf-8")


def small() -> Scenario:
    """The small case, before a variant is drawn."""
    return read(small_text())


def read(text: str) -> Scenario:
    """A scenario from a text that loads."""
    loaded = load(text)
    assert loaded.scenario is not None, loaded.problems
    return loaded.scenario


def _values(text: str) -> Any:
    return _built(yaml.compose(text, yaml.CSafeLoader), (), {}, set())


def rich_text(**changed: Any) -> str:
    """The file of the case with everything in it, with some parts changed by key."""
    laid = _values((HERE / "rich.yaml").read_text(encoding="utf-8"))
    return json.dumps(merged(merged(_values(small_text()), laid), changed), ensure_ascii=False, indent=1)


@lru_cache(maxsize=32)
def _rich(text: str) -> Scenario:
    return read(text)


def rich(**changed: Any) -> Scenario:
    """The case with everything in it, before a variant is drawn."""
    return _rich(rich_text(**changed))


class Sitting:
    """One attempt that tests drive command by command."""

    def __init__(self, sc: Scenario, seed: str = "seed") -> None:
        self.sc = sc if sc.variant_no else sc.variant(seed)
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


def sitting(flavour: str = "", seed: str = "seed", **changed: Any) -> Sitting:
    """An attempt at the first variant of the case with everything in it."""
    return Sitting(rich(**changed).varied(flavour, 1), seed)
