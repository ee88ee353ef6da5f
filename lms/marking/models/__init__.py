from .mark import Mark, Outcome
from .round import Allocation, MarkingRound, RoundMarker, Script, Seal
from .rubric import Rubric, RubricVersion

__all__ = ["Allocation", "Mark", "MarkingRound", "Outcome", "RoundMarker", "Rubric", "RubricVersion", "Script", "Seal"]
