from . import key
from .appeal import Appeal
from .attempt import Attempt, AttemptAnswer, AttemptStep, FocusNote
from .case import CaseSet, CaseVersion
from .exam import CutScore, Exam, Paper, QuestionUse, Seat
from .figure import QuestionFigure
from .law import Law, LawWording, LegalBasis
from .question import Question, QuestionBank, QuestionVersion, VersionEvent
from .regrade import ItemExclusion, Regrade, RegradeLine
from .result import Result
from .statistics import ExamStatistics, ItemStatistics
from .upload import QuestionUpload

# The key to the questions is registered by `key` and named by nobody but the marking (docs/reference/exam-attempt.md).
__all__ = [
    "Appeal",
    "Attempt",
    "AttemptAnswer",
    "AttemptStep",
    "CaseSet",
    "CaseVersion",
    "CutScore",
    "Exam",
    "ExamStatistics",
    "FocusNote",
    "ItemExclusion",
    "ItemStatistics",
    "Law",
    "LawWording",
    "LegalBasis",
    "Paper",
    "Question",
    "QuestionBank",
    "QuestionFigure",
    "QuestionUpload",
    "QuestionUse",
    "QuestionVersion",
    "Regrade",
    "RegradeLine",
    "Result",
    "Seat",
    "VersionEvent",
    "key",
]
