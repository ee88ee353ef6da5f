from . import key
from .attempt import Attempt, AttemptAnswer, AttemptStep
from .exam import Exam, Paper, Seat
from .question import Question, QuestionBank, QuestionVersion
from .result import Result

# The key to the questions is registered by `key` and named by nobody but the marking (docs/reference/exam-attempt.md).
__all__ = [
    "Attempt",
    "AttemptAnswer",
    "AttemptStep",
    "Exam",
    "Paper",
    "Question",
    "QuestionBank",
    "QuestionVersion",
    "Result",
    "Seat",
    "key",
]
