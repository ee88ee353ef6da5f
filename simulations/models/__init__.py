from .attempt import Attempt
from .authoring import Pilot, PlaytestRun, VersionStep, Waiver
from .history import AttemptCommand, AttemptEvent, ScoreRun
from .scenario import ScenarioVersion

__all__ = [
    "Attempt",
    "AttemptCommand",
    "AttemptEvent",
    "Pilot",
    "PlaytestRun",
    "ScenarioVersion",
    "ScoreRun",
    "VersionStep",
    "Waiver",
]
