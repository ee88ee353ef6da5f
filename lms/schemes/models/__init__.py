from .drafting import Drafting
from .fact import RequirementFact
from .scheme import Competency, Level, Module, Scheme, SchemeVersion
from .topic import Topic

__all__ = ["Competency", "Drafting", "Level", "Module", "RequirementFact", "Scheme", "SchemeVersion", "Topic"]
