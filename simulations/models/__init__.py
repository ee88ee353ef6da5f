from .assignment import Assignment, AssignmentEvent
from .attempt import Attempt
from .authoring import Pilot, PlaytestRun, VersionStep, Waiver
from .digest import AttemptDigest
from .history import AttemptCommand, AttemptEvent, ScoreRun
from .rescore import Rescore, RescoreLine
from .review import Appeal, EventComment, Override
from .scenario import ScenarioVersion

__all__ = [
    "Appeal",
    "Assignment",
    "AssignmentEvent",
    "Attempt",
    "AttemptCommand",
    "AttemptDigest",
    "AttemptEvent",
    "EventComment",
    "Override",
    "Pilot",
    "PlaytestRun",
    "Rescore",
    "RescoreLine",
    "ScenarioVersion",
    "ScoreRun",
    "VersionStep",
    "Waiver",
]
