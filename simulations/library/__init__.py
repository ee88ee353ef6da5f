"""The scenario files that come with the platform."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

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


def report_of(code: str) -> dict[str, Any] | None:
    """The playtest that lies beside a scenario, or None where it has not been measured."""
    path = files(__name__) / code / "playtest.json"
    if not path.is_file():
        return None
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def waivers_of(code: str) -> list[dict[str, str]]:
    """The printed bars that a named person let this scenario miss: bar, approver and reason."""
    path = files(__name__) / code / "waivers.yaml"
    if not path.is_file():
        return []
    return [
        {"bar": each["bar"], "approver": each["approver"], "reason": each["reason"]}
        for each in yaml.safe_load(path.read_text(encoding="utf-8")) or []
    ]
