"""The scenario files that come with the platform."""

from functools import lru_cache
from importlib.resources import files

from simulations.engine.load import load
from simulations.engine.scenario import Scenario


class UnknownScenario(LookupError):
    """No scenario of this code comes with the platform."""


class BrokenScenario(ValueError):
    """A scenario file that does not load; `sim_check` says why."""


def codes() -> list[str]:
    """The codes of all scenarios, in order."""
    return sorted(each.name for each in files(__name__).iterdir() if (each / "scenario.yaml").is_file())


def text_of(code: str) -> str:
    """The file of a scenario as text."""
    if code not in codes():
        raise UnknownScenario(code)
    return (files(__name__) / code / "scenario.yaml").read_text(encoding="utf-8")


@lru_cache(maxsize=32)
def scenario(code: str) -> Scenario:
    """The scenario of a code, before a variant is drawn."""
    loaded = load(text_of(code))
    if loaded.scenario is None:
        raise BrokenScenario(f"{code}: {loaded.problems[0].message}")
    return loaded.scenario
