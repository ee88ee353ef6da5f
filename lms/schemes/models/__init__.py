from .fact import RequirementFact
from .scheme import Competency, Level, Module, Scheme, SchemeVersion

__all__ = ["Competency", "Level", "Module", "RequirementFact", "Scheme", "SchemeVersion"]
