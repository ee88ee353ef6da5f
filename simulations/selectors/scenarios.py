"""Scenarios as the engine reads them, made once for each content and kept by its hash."""

from functools import lru_cache

from simulations.engine.scenario import Scenario
from simulations.models import Attempt, ScenarioVersion
