from .attempt import Attempt
from .history import AttemptCommand, AttemptEvent, ScoreRun
from .scenario import ScenarioVersion

__all__ = ["Attempt", "AttemptCommand", "AttemptEvent", "ScenarioVersion", "ScoreRun"]
